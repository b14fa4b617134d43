import { useEffect, useRef } from 'react';

type Bindings = Record<string, (event: KeyboardEvent) => void>;

/** Elements that use keys themselves. */
const OWN_KEYS =
  'input, textarea, select, [contenteditable], [role="menu"], [role="listbox"], [role="dialog"], [data-own-keys]';

/**
 * Calls the binding of a pressed key (`event.key`, or `Mod+k`), unless a field, menu, dialog or plot has the focus.
 * A binding that acts prevents the browser's own meaning of the key.
 */
export function useKeys(bindings: Bindings, enabled = true): void {
  const latest = useRef(bindings);
  useEffect(() => {
    latest.current = bindings;
  });
  useEffect(() => {
    if (!enabled) return;
    function onKey(event: KeyboardEvent) {
      const modified = event.ctrlKey || event.metaKey;
      const binding = latest.current[modified ? `Mod+${event.key.toLowerCase()}` : event.key];
      if (!binding || event.altKey || event.defaultPrevented) return;
      if (!modified && event.target instanceof Element && event.target.closest(OWN_KEYS)) return;
      event.preventDefault();
      binding(event);
    }
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [enabled]);
}
