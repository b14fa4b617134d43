import { useEffect, useState } from 'react';

const TOP = 80;

/** Whether the window is scrolled to its top, where new rows may show by themselves. */
export function useAtTop(): boolean {
  const [atTop, setAtTop] = useState(() => window.scrollY < TOP);
  useEffect(() => {
    const onScroll = () => setAtTop(window.scrollY < TOP);
    window.addEventListener('scroll', onScroll, { passive: true });
    return () => window.removeEventListener('scroll', onScroll);
  }, []);
  return atTop;
}
