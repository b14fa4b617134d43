import { Button } from '@mantine/core';
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import type { Sample, Share } from '@/api/types';
import { lastCollectionQuery } from '@/features/collections/queries';
import { plural } from '@/shared/format/numbers';
import { Failure } from '@/shared/states/Failure';
import { sharedSamplesQuery, sharesQuery } from './queries';
import classes from './Sharing.module.css';

/** The samples of a proposal that somebody showed to the viewer; nothing where there are none. */
export function SharedWithYou({ proposal }: { proposal: string }) {
  const { data } = useInfiniteQuery(sharesQuery({ proposal }));
  const shares = data?.pages.flatMap((page) => page.results).filter(({ _metadata: is }) => is.withYou) ?? [];
  if (shares.length === 0) return null;
  return (
    <section className={classes.yours} aria-label="Shared with you">
      <h3>Shared with you</h3>
      <ul className={classes.shares}>
        {shares.map((share) => (
          <SharedSamples key={share.shareId} share={share} />
        ))}
      </ul>
    </section>
  );
}

function SharedSamples({ share }: { share: Share }) {
  const { data: samples } = useQuery(sharedSamplesQuery(share));
  if (!samples) return null;
  const collected = samples.filter(({ _metadata: { datacollections } }) => datacollections > 0);
  const waiting = samples.filter(({ _metadata: { datacollections } }) => datacollections === 0);
  return (
    <>
      {collected.map((sample) => (
        <SharedSample key={sample.blSampleId} sample={sample} by={share.sharedBy} />
      ))}
      {waiting.length > 0 && (
        <li>
          <span className={classes.what}>
            {waiting.map(({ blSampleId, name }) => name ?? blSampleId).join(', ')}
            <small className={classes.when}>by {share.sharedBy ?? 'somebody'}, not collected</small>
          </span>
        </li>
      )}
    </>
  );
}

function SharedSample({ sample, by }: { sample: Sample; by: string | null }) {
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  const open = useMutation({
    mutationFn: () => queryClient.query(lastCollectionQuery({ blSampleId: sample.blSampleId })),
    onSuccess: (event) => {
      if (event)
        void navigate({
          to: '/collections/$dataCollectionId',
          params: { dataCollectionId: event.Item.dataCollectionId },
        });
    },
  });
  return (
    <li>
      <span className={classes.what}>
        <b>{sample.name ?? sample.blSampleId}</b>
        <small> {sample.Crystal.Protein.acronym}</small>
        <small className={classes.when}>
          by {by ?? 'somebody'}, {plural(sample._metadata.datacollections, 'collection')}
        </small>
        {open.error && <Failure error={open.error} />}
      </span>
      <Button variant="default" size="xs" loading={open.isPending} onClick={() => open.mutate()}>
        Latest collection
      </Button>
    </li>
  );
}
