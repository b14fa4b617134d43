/** Whether the service answers, as seen by calls and by the live stream; one store for the whole page. */
export type Live = 'off' | 'connecting' | 'live' | 'lost';

interface State {
  /** The last call or stream failed to reach the service. */
  lost: boolean;
  /** The live streams of the sessions being looked at: the worst of their states, `off` without any. */
  live: Live;
}

let state: State = { lost: false, live: 'off' };
const streams = new Map<number, Live>();
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
  live: (sessionId: number, live: Live): void => {
    if (live === 'off') streams.delete(sessionId);
    else streams.set(sessionId, live);
    const states = [...streams.values()];
    const worst = (['lost', 'connecting', 'live'] as const).find((each) => states.includes(each)) ?? 'off';
    set({ ...state, live: worst });
    connection.reached('stream', worst !== 'lost');
  },
};
