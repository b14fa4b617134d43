import type { RunState } from '@/api/types';
import { renewedByProbe } from '@/api/transport';
import { API } from '@/api/client';
import type { CollectionChange } from './merge';

interface LiveEvents {
  collection: CollectionChange & { dataCollectionGroupId: number; change: 'new' | 'changed' };
  robot: { robotActionId: number };
  energyscan: { energyScanId: number };
  spectrum: { xfeFluorescenceSpectrumId: number };
  processing: { autoProcProgramId: number; dataCollectionId: number; state: RunState; change: 'new' | 'changed' };
  reprocessing: { processingJobId: number; dataCollectionId: number };
  screening: { screeningId: number; dataCollectionId: number };
  workflow: { workflowId: number; dataCollectionId: number };
  centring: { xrayCentringId: number; dataCollectionId: number };
  indicators: { dataCollectionId: number; images: number };
  session: { sessionId: number; resync?: boolean };
}
export type LiveEvent = { [Name in keyof LiveEvents]: { event: Name; data: LiveEvents[Name] } }[keyof LiveEvents];

const NAMES: (keyof LiveEvents)[] = [
  'collection',
  'robot',
  'energyscan',
  'spectrum',
  'processing',
  'reprocessing',
  'screening',
  'workflow',
  'centring',
  'indicators',
  'session',
];
const FIRST_WAIT = 2_000;
const LONGEST_WAIT = 30_000;

interface Listener {
  onEvent: (event: LiveEvent) => void;
  onState: (state: 'connecting' | 'live' | 'lost') => void;
  /** The stream was opened anew, so that something may have been missed. */
  onResume: () => void;
}

/**
 * Opens the live stream of a session and keeps it open; the answer closes it. The browser resumes a broken stream by
 * itself from the last event; one that was refused is opened again here, after renewing the log-in if that was why.
 */
export function openStream(sessionId: number, listener: Listener): () => void {
  let source: EventSource | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let wait = FIRST_WAIT;
  let opened = false;

  function open() {
    source = new EventSource(`${API}/sessions/${sessionId}/live`);
    source.onopen = () => {
      if (opened) listener.onResume();
      opened = true;
      wait = FIRST_WAIT;
      listener.onState('live');
    };
    source.onerror = () => {
      listener.onState('lost');
      if (source?.readyState === EventSource.CLOSED) void reopen();
    };
    for (const name of NAMES) {
      source.addEventListener(name, (message: MessageEvent<string>) => {
        const data: unknown = JSON.parse(message.data);
        listener.onEvent({ event: name, data } as LiveEvent);
      });
    }
  }

  async function reopen() {
    const renewed = await renewedByProbe();
    if (source === null) return;
    timer = setTimeout(open, renewed ? 0 : wait);
    wait = Math.min(wait * 2, LONGEST_WAIT);
  }

  listener.onState('connecting');
  open();
  return () => {
    clearTimeout(timer);
    source?.close();
    source = null;
  };
}
