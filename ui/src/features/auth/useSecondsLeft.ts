import { useEffect, useState } from 'react';
import { ApiError } from '@/api/problem';

/** Seconds until the service takes another try, counting down; 0 where it asked for no wait. */
export function useSecondsLeft(error: Error | null): number {
  const wait = error instanceof ApiError ? (error.wait ?? 0) : 0;
  const [known, setKnown] = useState<{ error: Error | null; until: number; now: number }>({
    error: null,
    until: 0,
    now: 0,
  });
  useEffect(() => {
    const begin = Date.now();
    const tick = () => setKnown({ error, until: begin + wait * 1000, now: Date.now() });
    if (wait === 0) return;
    const timer = setInterval(tick, 1000);
    return () => clearInterval(timer);
  }, [error, wait]);
  if (wait === 0) return 0;
  return known.error === error ? Math.max(0, Math.ceil((known.until - known.now) / 1000)) : wait;
}
