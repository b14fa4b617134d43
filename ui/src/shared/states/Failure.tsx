import { IconAlertTriangle } from '@tabler/icons-react';
import { ApiError } from '@/api/problem';
import classes from './Failure.module.css';

/** Why something that was asked for did not happen, beside where it was asked; what was typed stays. */
export function Failure({ error, children }: { error: Error; children?: string }) {
  const problem = error instanceof ApiError ? error.problem : null;
  const detail = problem?.status === 0 ? 'Check the network, then try again.' : (problem?.detail ?? error.message);
  return (
    <div className={classes.failure} role="alert">
      <IconAlertTriangle size={18} stroke={1.8} aria-hidden="true" />
      <div>
        <b>{problem?.title ?? 'That did not work'}</b>
        <p>{detail}</p>
        {children && <p>{children}</p>}
      </div>
    </div>
  );
}
