import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { leaveCollection } from '@/app/search';
import type { CollectionDetail } from '@/api/types';
import { findLargestView } from '../grid/largest';
import { neighbour } from '../neighbours';
import { walkQuery } from '../queries';

/** Walking from a collection to the next older (1) or newer (-1) one of its session; looked for when it is wanted. */
export function useWalk(collection: CollectionDetail | undefined) {
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  const [ended, setEnded] = useState<{ at: number; step: 1 | -1 } | null>(null);
  const id = collection?.dataCollectionId;

  async function walk(step: 1 | -1) {
    // Whoever is shown a sample only does not see its session.
    if (!collection?.session) return;
    const { sessionId, dataCollectionGroupId } = collection;
    const pages = (after: string | null) => queryClient.query(walkQuery(sessionId, after));
    const next = await neighbour(pages, dataCollectionGroupId, step);
    if (!next) {
      setEnded({ at: collection.dataCollectionId, step });
      return;
    }
    const { dataCollectionId } = await findLargestView(queryClient, next);
    await navigate({ to: '.', params: { dataCollectionId }, search: leaveCollection, replace: true });
  }
  return {
    enabled: Boolean(collection?.session),
    // An answer that does not come leaves one where one is; the line on top says that the connection is lost.
    go: (step: 1 | -1) => void walk(step).catch(() => undefined),
    end: ended !== null && ended.at === id ? (ended.step === 1 ? 'This is the oldest' : 'This is the newest') : null,
  };
}
