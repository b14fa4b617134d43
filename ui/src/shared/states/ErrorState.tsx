import { Button } from '@mantine/core';
import { IconAlertTriangle, IconLock, IconPlugConnectedX } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { ApiError, messageOf, statusOf } from '@/api/problem';
import classes from './ErrorState.module.css';
import { Message } from './Message';
import { MissingRight } from './MissingRight';

interface Props {
  error: unknown;
  onRetry?: () => void;
  compact?: boolean;
}

/** What happened, what to do next, and a way to try again. */
export function ErrorState({ error, onRetry, compact }: Props) {
  const status = statusOf(error);
  const problem = error instanceof ApiError ? error.problem : null;
  const closed = status === 403 || status === 404;
  const Icon = status === 0 ? IconPlugConnectedX : closed ? IconLock : IconAlertTriangle;
  const title =
    status === 404 ? 'Not there, or not yours to see' : (problem?.title ?? 'Something went wrong on this page');
  const said = status === 0 ? title : (problem?.detail ?? messageOf(error));
  return (
    <Message
      tone="error"
      compact={compact}
      icon={<Icon size={22} stroke={1.7} />}
      title={title}
      actions={
        <>
          {onRetry && (
            <Button variant="default" onClick={onRetry}>
              Try again
            </Button>
          )}
          {closed && !compact && (
            <Button variant="default" renderRoot={(props) => <Link to="/" {...props} />}>
              Go to what runs now
            </Button>
          )}
        </>
      }
    >
      {said !== title && <p>{said}</p>}
      {status === 403 ? <MissingRight error={error} /> : <p>{advice(status)}</p>}
      {problem?.request && <p className={classes.request}>Request {problem.request}</p>}
    </Message>
  );
}

function advice(status: number | null): string | null {
  switch (status) {
    case 0:
      return 'Check the network. The page keeps what it has and goes on as soon as the server answers.';
    case 502:
    case 503:
      return 'That mostly takes less than a minute. The page goes on by itself.';
    case 404:
      return 'If you should see it: the principal investigator or your local contact can add you to the session.';
    default:
      return null;
  }
}
