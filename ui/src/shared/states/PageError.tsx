import type { ErrorComponentProps } from '@tanstack/react-router';
import { ErrorState } from './ErrorState';

/** What a route shows when it could not be drawn at all. */
export function PageError({ error, reset }: ErrorComponentProps) {
  return <ErrorState error={error} onRetry={reset} />;
}
