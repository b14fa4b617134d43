import { useEffect, useState } from 'react';
import { wallNow } from './format/times';

/** The wall clock, ticking: for countdowns. */
export function useWallNow(every = 30_000): number {
  const [now, setNow] = useState(() => wallNow());
  useEffect(() => {
    const timer = setInterval(() => setNow(wallNow()), every);
    return () => clearInterval(timer);
  }, [every]);
  return now;
}
