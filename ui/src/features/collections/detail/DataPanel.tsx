import { Skeleton } from '@mantine/core';
import { IconChartLine } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback } from 'react';
import type { CollectionSearch } from '@/app/search';
import type { CollectionDetail, Quality } from '@/api/types';
import { ErrorState } from '@/shared/states/ErrorState';
import { Message } from '@/shared/states/Message';
import { availableMetrics, chosenMetric } from '@/shared/plots/metrics';
import { bestCell, cellValues, gridOf, scanOrder } from '../grid/grid';
import { GridScan } from '../grid/GridScan';
import { imageOfCell } from '../grid/order';
import { qualityQuery } from '../queries';
import classes from './DataPanel.module.css';
import { Diffraction } from './Diffraction';
import { ImagePlot } from './ImagePlot';

/** The data of a collection: its heat map or plot by image, and the diffraction image that is pointed at. */
export function DataPanel({ collection }: { collection: CollectionDetail }) {
  const { metric, second, image } = useSearch({ strict: false });
  const navigate = useNavigate();
  const { data: quality, error, refetch } = useQuery(qualityQuery(collection.dataCollectionId));
  const choose = useCallback(
    (change: CollectionSearch) =>
      void navigate({ to: '.', search: (was: object) => ({ ...was, ...change }), replace: true, resetScroll: false }),
    [navigate],
  );
  const onMetric = useCallback((key: string) => choose({ metric: key }), [choose]);
  const onSecond = useCallback((key: string) => choose({ second: key }), [choose]);
  const onImage = useCallback((number: number) => choose({ image: number }), [choose]);

  if (error && !quality) return <ErrorState error={error} onRetry={() => void refetch()} compact />;
  if (!quality) return <Skeleton height={380} />;
  const grid = gridOf(collection);
  const order = scanOrder(grid);
  const shown = image ?? bestImage(collection, quality, metric);
  const chosen = { metric, onMetric, onImage };
  const empty = availableMetrics(quality).length === 0;
  const diffraction = <Diffraction collection={collection} image={shown} onImage={onImage} />;
  if (grid && order) {
    return (
      <GridScan
        key={collection.dataCollectionId}
        collection={collection}
        grid={grid}
        order={order}
        quality={quality}
        image={image}
        diffraction={diffraction}
        {...chosen}
      />
    );
  }
  return (
    <div className={classes.data}>
      {empty ? (
        <NoIndicators running={collection._metadata.state === 'running'} />
      ) : (
        <ImagePlot
          key={collection.dataCollectionId}
          collection={collection}
          quality={quality}
          second={second}
          image={shown}
          onSecond={onSecond}
          {...chosen}
        />
      )}
      {diffraction}
    </div>
  );
}

/** The image to show first: of the box of a grid that is marked as the best, else the first one. */
function bestImage(collection: CollectionDetail, quality: Quality, key: string | undefined): number {
  const first = collection.startImageNumber ?? 1;
  const order = scanOrder(gridOf(collection));
  const metric = chosenMetric(availableMetrics(quality), key);
  const best = order && metric ? bestCell(cellValues(quality, metric, order, first), metric, order) : null;
  return order && best ? imageOfCell(best, order) + first : first;
}

function NoIndicators({ running }: { running: boolean }) {
  return (
    <Message
      icon={<IconChartLine size={22} stroke={1.7} />}
      title={running ? 'Waiting for the first image' : 'No indicators by image'}
      compact
    >
      {running
        ? 'Spots and resolution appear here while the beamline analyses the images.'
        : 'Nothing analysed the images of this collection one by one.'}
    </Message>
  );
}
