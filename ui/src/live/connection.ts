/** Whether the service answers, as seen by calls and by the live stream; one store for the whole page. */
export type Live = 'off' | 'connecting' | 'live' | 'lost';

interface State {
  /** The last call or stream failed to reach the service. */
  lost: boolean;
  /** The live stream of the session being looked at. */
  live: Live;
}

let state: State = { lost: false, live: 'off' };
const lostBy = new Set<'api' | 'stream'>();
const listeners = new Set<() => void>();

function set(next: State): void {
  if (next.lost === state.lost && next.live === state.live) return;
  state = next;
  for (const listener of listeners) listener();
}

export const connection = {
  read: (): State => state,
  subscribe: (listener: () => void): (() => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
  reached: (by: 'api' | 'stream', ok: boolean): void => {
    if (ok) lostBy.delete(by);
    else lostBy.add(by);
    set({ ...state, lost: lostBy.size > 0 });
  },
  live: (live: Live): void => {
    set({ ...state, live });
    connection.reached('stream', live !== 'lost');
  },
};
