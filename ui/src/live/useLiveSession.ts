import { useQueryClient, type QueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { Event, Page } from '@/api/types';
import type { InfiniteData } from '@tanstack/react-query';
import { connection } from './connection';
import { applyChange } from './merge';
import { openStream, type LiveEvent } from './stream';
import { throttle } from './throttle';

/** Time for a burst of messages to arrive before the server is asked once. */
const GATHER = 800;
/** A tab nobody looks at gives its stream back after this long: browsers allow six per site. */
const HIDDEN = 60_000;

/** Keeps everything cached about a session up to date through its live stream, while the page is looked at. */
export function useLiveSession(sessionId: number, enabled: boolean): void {
  const queryClient = useQueryClient();
  useEffect(() => {
    if (!enabled) return;
    const patch = patcher(queryClient, sessionId);
    let close: (() => void) | null = null;
    let timer: ReturnType<typeof setTimeout> | undefined;

    function look() {
      close ??= openStream(sessionId, { onEvent: patch.apply, onState: connection.live, onResume: patch.resync });
    }
    function leave() {
      close?.();
      close = null;
      connection.live('off');
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

/** Turns messages into changes of the cache: what is said is patched at once, what is only hinted at is asked for. */
function patcher(queryClient: QueryClient, sessionId: number) {
  const ofSession = { predicate: (query: { queryKey: readonly unknown[] }) => isAbout(query.queryKey, sessionId) };
  const askForHead = throttle(GATHER, () => {
    void queryClient.invalidateQueries({ queryKey: ['events', 'head'] });
    void queryClient.invalidateQueries({ queryKey: ['events', 'map'] });
    void queryClient.invalidateQueries({ queryKey: ['events', 'last', { sessionId }] });
    void queryClient.invalidateQueries({ queryKey: ['event-types', sessionId] });
  });
  const grown = new Set<number>();
  const askForIndicators = throttle(GATHER, () => {
    for (const id of grown) void queryClient.invalidateQueries({ queryKey: ['quality', id] });
    grown.clear();
  });

  function apply(message: LiveEvent): void {
    switch (message.event) {
      case 'collection':
        queryClient.setQueriesData<InfiniteData<Page<Event>, string | null>>(
          { queryKey: ['events', 'list'] },
          (list) => list && applyChange(list, message.data),
        );
        void queryClient.invalidateQueries({ queryKey: ['collection', message.data.dataCollectionId] });
        void queryClient.invalidateQueries({ queryKey: ['events', 'group', message.data.dataCollectionGroupId] });
        askForHead();
        break;
      case 'indicators':
        grown.add(message.data.dataCollectionId);
        askForIndicators();
        break;
      case 'session':
        if (message.data.resync) resync();
        else void queryClient.invalidateQueries({ queryKey: ['session', sessionId] });
        break;
      default:
        askForHead();
    }
  }
  function resync(): void {
    void queryClient.invalidateQueries(ofSession);
  }
  return {
    apply,
    resync,
    stop: () => {
      askForHead.stop();
      askForIndicators.stop();
    },
  };
}

/** Everything that may have changed while the stream was closed; the list itself is compared through its head. */
function isAbout(key: readonly unknown[], sessionId: number): boolean {
  if (key[0] === 'events') return key[1] !== 'list';
  if (key[0] === 'session' || key[0] === 'event-types') return key[1] === sessionId;
  return key[0] === 'quality' || key[0] === 'collection' || key[0] === 'samples';
}
