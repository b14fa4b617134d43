import type { ProcessingRequest, RunState, State } from '@/api/types';
import classes from './StateMark.module.css';

/** What may be told of a collection, of a run of a program on it, or of a request for one. */
type Marked = State | RunState | ProcessingRequest['state'];

const WORDS: Record<Marked, string> = {
  done: 'Done',
  success: 'Done',
  running: 'Running',
  queued: 'Queued',
  failed: 'Failed',
  stopped: 'Stopped',
  waiting: 'Waiting',
  cancelled: 'Called off',
  expired: 'Expired',
};

interface Props {
  state: Marked;
  words?: boolean;
  size?: number;
  /** Words beside it say what it marks. */
  mute?: boolean;
}

/** How something ended, told by shape and by colour: ● done, ◐ running, ○ queued, ✕ failed, – stopped; a clock waits, ⊘ called off, a dashed ring expired. */
export function StateMark({ state, words = false, size = 14, mute = false }: Props) {
  return (
    <span className={classes.mark} data-state={state} title={mute ? undefined : WORDS[state]}>
      <svg width={size} height={size} viewBox="0 0 16 16" aria-hidden="true" className={classes.shape}>
        <StateShape state={state} />
      </svg>
      {!mute && <span className={words ? undefined : 'visually-hidden'}>{WORDS[state]}</span>}
    </span>
  );
}

/** The shape alone, 16 by 16, in the current colour. */
export function StateShape({ state }: { state: Marked }) {
  switch (state) {
    case 'done':
    case 'success':
      return <circle cx="8" cy="8" r="5" fill="currentColor" />;
    case 'running':
      return (
        <>
          <circle cx="8" cy="8" r="5" fill="none" stroke="currentColor" strokeWidth="1.8" />
          <path d="M8 3a5 5 0 0 1 0 10z" fill="currentColor" />
        </>
      );
    case 'queued':
      return <circle cx="8" cy="8" r="4.6" fill="none" stroke="currentColor" strokeWidth="1.8" />;
    case 'failed':
      return <path d="m4 4 8 8m0-8-8 8" stroke="currentColor" strokeWidth="2.4" strokeLinecap="round" />;
    case 'waiting':
      return (
        <>
          <circle cx="8" cy="8" r="5.6" fill="none" stroke="currentColor" strokeWidth="1.6" />
          <path d="M8 4.8V8l2.2 1.6" fill="none" stroke="currentColor" strokeWidth="1.6" strokeLinecap="round" />
        </>
      );
    case 'cancelled':
      return (
        <>
          <circle cx="8" cy="8" r="5.2" fill="none" stroke="currentColor" strokeWidth="1.6" />
          <path d="m4.5 11.5 7-7" stroke="currentColor" strokeWidth="1.6" />
        </>
      );
    case 'expired':
      return (
        <circle cx="8" cy="8" r="5" fill="none" stroke="currentColor" strokeWidth="1.8" strokeDasharray="2.6 2.6" />
      );
    case 'stopped':
      return <path d="M3.5 8h9" stroke="currentColor" strokeWidth="2.6" strokeLinecap="round" />;
  }
}
