import { Button, Skeleton } from '@mantine/core';
import { IconShare3 } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { Share } from '@/api/types';
import { Confirm } from '@/shared/Confirm';
import { nameOf } from '@/shared/format/names';
import { dayClock } from '@/shared/format/times';
import { ShowMore } from '@/shared/ShowMore';
import { ErrorState } from '@/shared/states/ErrorState';
import { sharesQuery, sharing, useSharing } from './queries';
import classes from './Sharing.module.css';

interface Props {
  of: { proposal?: string; blSampleId?: number };
  /** Only what is shared with the viewer, or only what is shared with others. */
  only?: 'you' | 'others';
  /** Said where nothing at all is shared. */
  none: string;
}

/** What is shown to whom, by whom and since when; taken back by those who may. */
export function Shares({ of, only, none }: Props) {
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(sharesQuery(of));
  const [ending, setEnding] = useState<Share | null>(null);
  if (error && !data) return <ErrorState error={error} onRetry={() => void refetch()} compact />;
  if (!data) return <Skeleton height={60} />;
  const all = data.pages.flatMap((page) => page.results);
  const shares = only ? all.filter(({ _metadata: is }) => is.withYou === (only === 'you')) : all;
  return (
    <>
      {(all.length === 0 || (only === 'you' && shares.length === 0)) && <p className={classes.none}>{none}</p>}
      {shares.length > 0 && (
        <ul className={classes.shares}>
          {shares.map((share) => (
            <li key={share.shareId} data-testid="share">
              <IconShare3 size={17} stroke={1.7} aria-hidden="true" />
              <span className={classes.what}>
                <b>{share.name ?? 'a sample'}</b>
                {share.proteinId !== null && <small> with its samples</small>}
                {of.proposal === undefined && of.blSampleId === undefined && (
                  <OfProposal name={share.proposal} />
                )} → {whom(share)}
                <small className={classes.when}>
                  by {share.sharedBy ?? 'somebody'}, {dayClock(share.createdAt)}
                </small>
              </span>
              {share._metadata.may.includes('take back') && (
                <Button
                  variant="default"
                  size="xs"
                  onClick={() => setEnding(share)}
                  aria-label={`Take back ${share.name ?? 'it'} from ${whom(share)}`}
                >
                  Take back
                </Button>
              )}
            </li>
          ))}
        </ul>
      )}
      <ShowMore hasMore={hasNextPage} loading={isFetchingNextPage} onMore={() => void fetchNextPage()} />
      {ending && <TakeBack share={ending} onClose={() => setEnding(null)} />}
    </>
  );
}

function OfProposal({ name }: { name: string }) {
  return (
    <>
      {' '}
      of{' '}
      <Link to="/proposals/$proposal" params={{ proposal: name }}>
        {name}
      </Link>
    </>
  );
}

function whom({ personId, givenName, familyName, laboratory, laboratoryId, _metadata: is }: Share): string {
  if (personId === null) return laboratory ?? `laboratory ${laboratoryId ?? ''}`;
  const name = nameOf({ personId, givenName, familyName });
  return is.withYou ? `${name} (you)` : name;
}

function TakeBack({ share, onClose }: { share: Share; onClose: () => void }) {
  const end = useSharing(sharing.takeBack);
  return (
    <Confirm
      title={`Take back ${share.name ?? 'it'}?`}
      action="Take back"
      danger
      pending={end.isPending}
      error={end.error}
      onClose={onClose}
      onConfirm={() => end.mutate(share.shareId, { onSuccess: onClose })}
    >
      <p>
        <b>{whom(share)}</b> sees {share.name ?? 'it'} no longer from this moment on, unless by another way. Copies that
        were made stay with them.
      </p>
    </Confirm>
  );
}
