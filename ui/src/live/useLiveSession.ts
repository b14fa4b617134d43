import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { connection, type Live } from './connection';
import { patcher } from './patcher';
import { openStream } from './stream';

/** A tab nobody looks at gives its stream back after this long [ms]: browsers allow six connections to one site. */
const HIDDEN = 60_000;

/** Keeps everything cached about a session up to date through its live stream, while the page is looked at. */
export function useLiveSession(sessionId: number, enabled: boolean): void {
  const queryClient = useQueryClient();
  useEffect(() => {
    if (!enabled) return;
    const patch = patcher(queryClient, sessionId);
    let close: (() => void) | null = null;
    const onState = (state: Live) => connection.live(sessionId, state);
    let timer: ReturnType<typeof setTimeout> | undefined;

    function look() {
      close ??= openStream(sessionId, { onEvent: patch.apply, onState, onResume: patch.resync });
    }
    function leave() {
      close?.();
      close = null;
      connection.live(sessionId, 'off');
    }
    function onVisibility() {
      clearTimeout(timer);
      if (document.hidden) timer = setTimeout(leave, HIDDEN);
      else if (close === null) {
        patch.resync();
        look();
      }
    }
    look();
    document.addEventListener('visibilitychange', onVisibility);
    return () => {
      document.removeEventListener('visibilitychange', onVisibility);
      clearTimeout(timer);
      patch.stop();
      leave();
    };
  }, [queryClient, sessionId, enabled]);
}
