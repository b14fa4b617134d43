import type { QueryClient } from '@tanstack/react-query';
import { applyChange, type EventList } from './merge';
import type { LiveEvent } from './stream';
import { throttle } from './throttle';

/** Time for a burst of messages to arrive before the server is asked once [ms]. */
export const GATHER = 800;
/** Everything that was made of a session is one answer, and pipelines write in bursts [ms]. */
export const RESULTS = 2_000;
/** Counting how far a session is goes through all that is in it [ms]. */
export const COUNTED = 3_000;
/** The samples of a session are many and change little [ms]. */
const SELDOM = 10_000;

/** Turns messages into changes of the cache: what is said is patched at once, what is only hinted at is asked for. */
export function patcher(queryClient: QueryClient, sessionId: number) {
  const stale = (...queryKey: unknown[]) => void queryClient.invalidateQueries({ queryKey });
  const grown = new Set<number>();
  const askForSamples = throttle(SELDOM, () => stale('samples', { sessionId }));
  const askForProgress = throttle(COUNTED, () => stale('events', 'progress'));
  const askForHead = throttle(GATHER, () => {
    stale('events', 'head');
    stale('events', 'last', { sessionId });
    stale('event-types', sessionId);
    stale('session', sessionId);
    askForSamples();
    askForProgress();
  });
  // A run may be on several collections, of which the message names one.
  const askForResults = throttle(
    RESULTS,
    () => void queryClient.invalidateQueries({ predicate: ({ queryKey }) => isOfResults(queryKey) }),
  );
  const askForIndicators = throttle(GATHER, () => {
    for (const id of grown) stale('quality', id);
    grown.clear();
  });

  function apply(message: LiveEvent): void {
    switch (message.event) {
      case 'collection':
        queryClient.setQueriesData<EventList>(
          { queryKey: ['events', 'list'] },
          (list) => list && applyChange(list, message.data),
        );
        stale('collection', message.data.dataCollectionId);
        stale('events', 'group', message.data.dataCollectionGroupId);
        askForHead();
        break;
      case 'processing':
        stale('structures', 'one');
        for (const part of ['run', 'files', 'messages']) stale('results', part, message.data.autoProcProgramId);
        askForResults();
        askForProgress();
        break;
      case 'reprocessing':
        // A request may be of several collections, of which the message names one.
        stale('requests');
        break;
      case 'screening':
        stale('screenings', message.data.dataCollectionId);
        break;
      case 'workflow':
        stale('workflows');
        break;
      case 'centring':
        stale('centrings');
        askForProgress();
        break;
      case 'indicators':
        grown.add(message.data.dataCollectionId);
        askForIndicators();
        break;
      case 'session':
        if (message.data.resync) resync();
        else begin();
        break;
      default:
        askForHead();
    }
  }
  /** A stream tells what happens from its first message on: what happened since the page asked is asked for once more. */
  function begin(): void {
    stale('session', sessionId);
    stale('requests');
    askForHead();
    askForResults();
  }
  /** Asks again for everything that may have changed unseen; the list itself is compared through its head. */
  function resync(): void {
    void queryClient.invalidateQueries({ predicate: ({ queryKey }) => isAbout(queryKey, sessionId) });
  }
  function stop(): void {
    askForHead.stop();
    askForIndicators.stop();
    askForSamples.stop();
    askForResults.stop();
    askForProgress.stop();
  }
  return { apply, resync, stop };
}

/** What is kept for each collection that was looked at, of this session as a rule. */
const OF_COLLECTIONS = new Set([
  'quality',
  'collection',
  'samples',
  'results',
  'structures',
  'screenings',
  'workflows',
  'centrings',
  'requests',
]);

/** What changes as runs get further: results, and the heads and counts of what is filtered by how far they are. */
function isOfResults([about, of, filters]: readonly unknown[]): boolean {
  if (about === 'results' || about === 'structures') return typeof of === 'object';
  const counted = about === 'event-types' || (about === 'events' && of === 'head');
  return counted && (filters as { processing?: string }).processing !== undefined;
}

function isAbout(key: readonly unknown[], sessionId: number): boolean {
  if (key[0] === 'events') return key[1] !== 'list';
  if (key[0] === 'session' || key[0] === 'event-types') return key[1] === sessionId;
  return typeof key[0] === 'string' && OF_COLLECTIONS.has(key[0]);
}
