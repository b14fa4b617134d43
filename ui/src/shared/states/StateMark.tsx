import type { State } from '@/api/types';
import classes from './StateMark.module.css';

const WORDS: Record<State, string> = { done: 'Done', running: 'Running', failed: 'Failed', stopped: 'Stopped' };

/** How a collection ended, told by shape and by colour: ● done, ◐ running, ✕ failed, – stopped. */
export function StateMark({ state, words = false, size = 14 }: { state: State; words?: boolean; size?: number }) {
  return (
    <span className={classes.mark} data-state={state} title={WORDS[state]}>
      <svg width={size} height={size} viewBox="0 0 16 16" aria-hidden="true" className={classes.shape}>
        <Shape state={state} />
      </svg>
      <span className={words ? undefined : 'visually-hidden'}>{WORDS[state]}</span>
    </span>
  );
}

function Shape({ state }: { state: State }) {
  switch (state) {
    case 'done':
      return <circle cx="8" cy="8" r="5" fill="currentColor" />;
    case 'running':
      return (
        <>
          <circle cx="8" cy="8" r="5" fill="none" stroke="currentColor" strokeWidth="1.8" />
          <path d="M8 3a5 5 0 0 1 0 10z" fill="currentColor" />
        </>
      );
    case 'failed':
      return <path d="m4 4 8 8m0-8-8 8" stroke="currentColor" strokeWidth="2.4" strokeLinecap="round" />;
    case 'stopped':
      return <path d="M3.5 8h9" stroke="currentColor" strokeWidth="2.6" strokeLinecap="round" />;
  }
}
