import { useRouter, type ErrorComponentProps } from '@tanstack/react-router';
import { ErrorState } from './ErrorState';

/** What a route shows when it could not be drawn at all. */
export function PageError({ error }: ErrorComponentProps) {
  const router = useRouter();
  // Runs what failed once more; the error's own `reset` would only draw the same failure again.
  return <ErrorState error={error} onRetry={() => void router.invalidate()} />;
}
