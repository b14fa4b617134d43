import type { Live } from '@/live/connection';
import { useConnection } from '@/live/useConnection';
import classes from './LiveMark.module.css';

const WORDS: Record<Live, { short: string; long: string }> = {
  off: { short: 'Not live', long: 'Nothing on this page changes by itself' },
  connecting: { short: 'Connecting', long: 'Opening the live stream of this session' },
  live: { short: 'Live', long: 'New collections appear by themselves' },
  lost: { short: 'Not live', long: 'The live stream is interrupted; trying again' },
};

/** Whether the page is being kept up to date by the live stream. */
export function LiveMark() {
  const { live } = useConnection();
  const words = WORDS[live];
  return (
    <span
      title={words.long}
      className={classes.mark}
      data-testid="live-state"
      data-live={live}
      role="status"
      aria-label={`Live state: ${words.short}`}
    >
      <svg width="14" height="14" viewBox="0 0 16 16" aria-hidden="true">
        <circle cx="8" cy="8" r="5.5" fill="none" stroke="currentColor" strokeWidth="1.8" />
        {live === 'live' && <circle cx="8" cy="8" r="3" fill="currentColor" className={classes.dot} />}
        {live === 'connecting' && <path d="M8 2.5a5.5 5.5 0 0 1 0 11z" fill="currentColor" />}
        {live === 'lost' && <path d="m4.2 4.2 7.6 7.6" stroke="currentColor" strokeWidth="1.8" />}
      </svg>
      {live !== 'off' && <span className={classes.word}>{words.short}</span>}
    </span>
  );
}
