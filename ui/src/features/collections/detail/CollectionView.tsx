import { ActionIcon } from '@mantine/core';
import { IconMessage } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { AccessButton } from '@/features/access/AccessButton';
import { kindOf } from '@/shared/format/kinds';
import { clockSeconds, day, duration, wall } from '@/shared/format/times';
import { useKept } from '@/shared/kept';
import { useKeys } from '@/shared/keys/useKeys';
import { ErrorState } from '@/shared/states/ErrorState';
import { KindBadge } from '@/shared/states/KindBadge';
import { PageSkeleton } from '@/shared/states/PageSkeleton';
import { StateMark } from '@/shared/states/StateMark';
import type { CollectionDetail } from '@/api/types';
import { useGroupNames } from '@/features/results/useApart';
import { useRanked } from '@/features/results/useResults';
import { StructurePanel } from '@/features/structures/StructurePanel';
import { WhatCameOfIt } from '@/features/results/panel/WhatCameOfIt';
import { StrategyPanel } from '@/features/strategy/StrategyPanel';
import { WorkflowPanel } from '@/features/workflows/WorkflowPanel';
import { FavouriteButton } from '../favourite/FavouriteButton';
import { useFavourite } from '../favourite/useFavourite';
import { gridOf } from '../grid/grid';
import { collectionQuery } from '../queries';
import classes from './CollectionView.module.css';
import { DataPanel } from './DataPanel';
import { Belongings, hasBelongings } from './Belongings';
import { NoImages } from './NoImages';
import { HowFar } from './HowFar';
import { Remark, type RemarkDraft } from './Remark';
import { useHasNoImages } from './useHasNoImages';
import { WhatWasDone } from './WhatWasDone';

interface Props {
  dataCollectionId: number;
  /** Buttons of the frame it stands in. */
  tools?: ReactNode;
}

/** One collection: what was done, the data, what came of it, and what belongs to it. */
export function CollectionView({ dataCollectionId, tools }: Props) {
  const { data, error, refetch } = useQuery(collectionQuery(dataCollectionId));
  const { data: results } = useRanked({ dataCollectionId });
  const noImages = useHasNoImages(data);
  if (!data) {
    return (
      <>
        {tools && <div className={classes.onlyTools}>{tools}</div>}
        {error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <PageSkeleton />}
      </>
    );
  }
  // Nobody processes a grid scan, or images that are not there: nothing is missing where there are no results.
  const awaited = !gridOf(data) && noImages === false;
  const hasResults = awaited || (results !== undefined && results.results.length > 0);
  const kind = kindOf(data.experimentType ?? data.DataCollectionGroup.experimentType ?? null);
  return (
    <div className={classes.view}>
      <title>{`${data.BLSample?.name ?? data.imagePrefix ?? dataCollectionId} · ${data.session} · ISPyB`}</title>
      <Heading key={dataCollectionId} collection={data} tools={tools} />
      <div className={classes.columns} data-alone={!hasResults && !hasBelongings(data)} data-results={hasResults}>
        <div className={classes.done}>
          <WhatWasDone collection={data} />
        </div>
        <div className={classes.data}>
          {noImages ? <NoImages collection={data} /> : <DataPanel collection={data} />}
          <WorkflowPanel dataCollectionGroupId={data.dataCollectionGroupId} />
        </div>
        {hasResults && (
          <div className={classes.results}>
            <StrategyPanel dataCollectionId={dataCollectionId} expected={kind.id === 'Characterization'} />
            <WhatCameOfIt
              dataCollectionId={dataCollectionId}
              collecting={data._metadata.state === 'running'}
              ended={wall(data.endTime)}
            />
            <StructurePanel dataCollectionId={dataCollectionId} />
          </div>
        )}
        {hasBelongings(data) && (
          <div className={classes.belongings}>
            <Belongings collection={data} />
          </div>
        )}
      </div>
    </div>
  );
}

const MOST_TOLD_APART = 24;

function Heading({ collection, tools }: { collection: CollectionDetail; tools: ReactNode }) {
  const { BLSample: sample, startTime, endTime } = collection;
  const [start, end] = [wall(startTime), wall(endTime)];
  const { comment: writing = false } = useSearch({ strict: false });
  const navigate = useNavigate();
  const write = (comment: boolean) =>
    void navigate({
      to: '.',
      search: (was: object) => ({ ...was, comment: comment || undefined }),
      replace: true,
      resetScroll: false,
    });
  const [draft, keepDraft] = useKept<RemarkDraft>(['remark', collection.dataCollectionId]);
  const favourite = useFavourite(collection);
  useKeys({ c: () => write(true), f: favourite.toggle });
  // A collection alone has nothing to be told from, and one of very many is no step of a MAD experiment.
  const siblings = collection._metadata.siblings.length;
  const few = siblings > 1 && siblings <= MOST_TOLD_APART && !gridOf(collection);
  const name = useGroupNames(few ? [collection.dataCollectionGroupId] : []).get(collection.dataCollectionId);
  return (
    <header className={classes.heading}>
      <h1>{sample?.name ?? collection.imagePrefix ?? `Collection ${collection.dataCollectionId}`}</h1>
      <KindBadge kind={kindOf(collection.experimentType ?? collection.DataCollectionGroup.experimentType ?? null)} />
      <StateMark state={collection._metadata.state} words />
      <div className={classes.tools}>
        <FavouriteButton favourite={favourite} />
        <ActionIcon
          variant="subtle"
          color="gray"
          title="Comment (c)"
          aria-label="Comment on the collection"
          aria-expanded={writing}
          onClick={() => write(!writing)}
        >
          <IconMessage size={17} stroke={1.8} />
        </ActionIcon>
        <AccessButton
          of={{ kind: 'collection', dataCollectionId: collection.dataCollectionId }}
          name={`the collection of ${sample?.name ?? collection.imagePrefix ?? 'this sample'}`}
        />
        {tools}
      </div>
      <p className={classes.facts}>
        {name && <b>{name}</b>}
        {sample && (
          <>
            {sample.Crystal.Protein.acronym && <span>{sample.Crystal.Protein.acronym}</span>}
            <Link to="/samples/$blSampleId" params={{ blSampleId: sample.blSampleId }}>
              all of this sample
            </Link>
          </>
        )}
        {startTime && (
          <span>
            {day(startTime)} {clockSeconds(startTime)}
            {endTime && ` → ${collection._metadata.endTimeExpected ? '≈ ' : ''}${clockSeconds(endTime)}`}
          </span>
        )}
        {start !== null && end !== null && <span>{duration(end - start)}</span>}
        {collection._metadata.state === 'running' && <HowFar collection={collection} />}
        {collection._metadata.state !== 'done' && <span>{collection.runStatus}</span>}
      </p>
      {writing ? (
        <Remark collection={collection} draft={draft} onDraft={keepDraft} onClose={() => write(false)} />
      ) : (
        collection.comments && (
          <p className={classes.said} title={collection.comments}>
            {collection.comments}
          </p>
        )
      )}
      {draft && !writing && (
        <button type="button" className="as-link" onClick={() => write(true)}>
          The comment that you began is not saved
        </button>
      )}
    </header>
  );
}
