/** Calls `act` at most once every `ms`: the first call of a burst waits for the rest of it. */
export function throttle(ms: number, act: () => void): (() => void) & { stop: () => void } {
  let timer: ReturnType<typeof setTimeout> | null = null;
  function call(): void {
    timer ??= setTimeout(() => {
      timer = null;
      act();
    }, ms);
  }
  call.stop = () => {
    if (timer) clearTimeout(timer);
    timer = null;
  };
  return call;
}
