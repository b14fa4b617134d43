import { useConnection } from '@/live/useConnection';
import classes from './ConnectionLine.module.css';

/** A thin line on top while the server does not answer; the data stays where it is. */
export function ConnectionLine() {
  const { lost } = useConnection();
  return (
    <div className={classes.line} data-lost={lost} role="status">
      {lost && (
        <span className={classes.words}>Connection lost. What you see is the last state received; trying again…</span>
      )}
    </div>
  );
}
