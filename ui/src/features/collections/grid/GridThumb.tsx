import { useState } from 'react';
import { pictures } from '@/api/pictures';
import type { DataCollection, GridInfo, Quality } from '@/api/types';
import { ColourScale } from '@/shared/plots/ColourScale';
import { metricText } from '@/shared/plots/metrics';
import { Picture } from '@/shared/states/Picture';
import { placeOnSnapshot } from './grid';
import { GridMap } from './GridMap';
import classes from './GridThumb.module.css';
import { imageOfCell, type Cell, type ScanOrder } from './order';
import { useGridValues } from './useGridValues';

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
  const { metric, values, range, best } = useGridValues(quality, order, firstImage);
  const shown = hovered ?? best;
  const hasSnapshot = collection._metadata.snapshots[1];
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
          range={range}
          snapshot={overlaid ? snapshot : undefined}
          best={best}
          selected={hovered}
          onHover={setHovered}
          label={`Heat map of ${order.columns} × ${order.rows} boxes`}
        />
      </div>
      <div className={classes.words}>
        {metric ? <ColourScale metric={metric} range={range} /> : <p>No values yet</p>}
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
