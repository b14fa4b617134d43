import { useMemo, useState } from 'react';
import { pictures } from '@/api/pictures';
import type { DataCollection, GridInfo, Quality } from '@/api/types';
import { ColourScale } from '@/shared/plots/ColourScale';
import { availableMetrics, metricText, rangeOf } from '@/shared/plots/metrics';
import { Picture } from '@/shared/states/Picture';
import { bestCell, cellValues, placeOnSnapshot } from './grid';
import { GridMap } from './GridMap';
import classes from './GridThumb.module.css';
import { imageOfCell, type Cell, type ScanOrder } from './order';

interface Props {
  collection: DataCollection;
  grid: GridInfo;
  order: ScanOrder;
  quality: Quality;
}

/** A grid scan on its card: heat map, legend, and the best box or the one under the pointer. */
export function GridThumb({ collection, grid, order, quality }: Props) {
  const [hovered, setHovered] = useState<Cell | null>(null);
  const firstImage = collection.startImageNumber ?? 1;
  const metric = availableMetrics(quality)[0];
  const values = useMemo(
    () => (metric ? cellValues(quality, metric, order, firstImage) : new Float64Array(order.columns * order.rows).fill(NaN)),
    [quality, metric, order, firstImage],
  );
  const best = metric ? bestCell(values, metric, order) : null;
  const shown = hovered ?? best;
  const hasSnapshot = collection._metadata.snapshots['1'] ?? false;
  const overlaid = hasSnapshot && placeOnSnapshot(grid) !== null;
  const snapshot = pictures.snapshot(collection.dataCollectionId);
  return (
    <div className={classes.thumb}>
      {hasSnapshot && !overlaid && <Picture className={classes.snapshot} src={snapshot} alt="Crystal before the scan" />}
      <div className={classes.map}>
        <GridMap
          grid={grid}
          order={order}
          values={values}
          range={rangeOf(values)}
          snapshot={overlaid ? snapshot : undefined}
          best={best}
          selected={hovered}
          onHover={setHovered}
          label={`Heat map of ${order.columns} × ${order.rows} boxes`}
        />
      </div>
      <div className={classes.words}>
        {metric ? <ColourScale metric={metric} range={rangeOf(values)} /> : <p>No values yet</p>}
        {shown && metric && (
          <p className={classes.readout}>
            {hovered ? 'Here' : 'Best'} <b>{metricText(metric, values[shown.row * order.columns + shown.column])}</b>
            <br />
            column {shown.column + 1}, row {shown.row + 1}
            <br />
            image {imageOfCell(shown, order) + firstImage}
          </p>
        )}
      </div>
    </div>
  );
}
