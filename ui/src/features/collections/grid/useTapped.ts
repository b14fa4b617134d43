import { useEffect, useState } from 'react';

interface Tapped {
  image: number;
  /** Where the finger was [pixel of the window]. */
  at: { x: number; y: number };
}

/** The image of the box that a finger tapped, until something else is touched or the page moves under it. */
export function useTapped() {
  const [tapped, setTapped] = useState<Tapped | null>(null);
  useEffect(() => {
    if (!tapped) return;
    const end = () => setTapped(null);
    // Captured: what scrolls may be the panel beside the list, which does not tell the window.
    window.addEventListener('scroll', end, true);
    window.addEventListener('pointerdown', end, true);
    return () => {
      window.removeEventListener('scroll', end, true);
      window.removeEventListener('pointerdown', end, true);
    };
  }, [tapped]);
  return { tapped, setTapped };
}
