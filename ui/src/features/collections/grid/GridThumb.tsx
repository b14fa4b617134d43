import { Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { pictures } from '@/api/pictures';
import type { DataCollection, GridInfo, Quality } from '@/api/types';
import { significant } from '@/shared/format/numbers';
import { ColourScale } from '@/shared/plots/ColourScale';
import { metricText } from '@/shared/plots/metrics';
import { Picture } from '@/shared/states/Picture';
import { qualityQuery } from '../queries';
import type { Centre } from './centre';
import { gridOf, placeOnSnapshot, scanOrder } from './grid';
import { GridMap } from './GridMap';
import classes from './GridThumb.module.css';
import type { Band } from './linked';
import { imageOfCell, type Cell, type ScanOrder } from './order';
import { goniometerAngle, turnOf } from './turn';
import type { CommonScale } from './useCommonScale';
import { useGridValues } from './useGridValues';

interface Props {
  collection: DataCollection;
  /** Say at which angle the crystal was held. */
  angle: boolean;
  /** Words below the map, for a narrow place. */
  stacked?: boolean;
  /** The indicator; the first there is when left out. */
  metric?: string;
  scale: CommonScale;
  /** Where X-ray centring found the crystal. */
  centre?: Centre | null;
  /** What is pointed at in another view of the crystal. */
  band: Band | null;
  onPoint: (dataCollectionId: number, cell: Cell | null) => void;
}

/** A grid scan, small: heat map, legend, and the best box or the one under the pointer. */
export function GridThumb(props: Props) {
  const { collection } = props;
  const { data: quality, isError } = useQuery(qualityQuery(collection.dataCollectionId));
  const grid = gridOf(collection);
  const order = scanOrder(grid);
  if (isError) return <p className={classes.none}>The values of the grid could not be read</p>;
  if (!grid || !order || !quality) return <Skeleton height={128} width={240} radius="sm" />;
  return <Thumb {...props} grid={grid} order={order} quality={quality} />;
}

function Thumb({
  collection,
  angle,
  stacked = false,
  metric: key,
  scale,
  centre,
  band,
  onPoint,
  grid,
  order,
  quality,
}: Props & { grid: GridInfo; order: ScanOrder; quality: Quality }) {
  const [hovered, setHovered] = useState<Cell | null>(null);
  const firstImage = collection.startImageNumber ?? 1;
  const { metric, values, range, best } = useGridValues(quality, order, firstImage, scale, key);
  const shown = hovered ?? best;
  const hasSnapshot = collection._metadata.snapshots[1];
  const overlaid = hasSnapshot && placeOnSnapshot(grid) !== null;
  const snapshot = pictures.snapshot(collection.dataCollectionId);
  const goniometer = goniometerAngle(collection);
  const onHover = (cell: Cell | null) => {
    setHovered(cell);
    onPoint(collection.dataCollectionId, cell);
  };
  return (
    <div className={classes.thumb} data-stacked={stacked} data-pair={angle && !stacked}>
      {hasSnapshot && !overlaid && (
        <Picture className={classes.snapshot} src={snapshot} alt="Crystal before the scan" />
      )}
      <div className={classes.map}>
        <GridMap
          grid={grid}
          order={order}
          values={values}
          range={range}
          snapshot={overlaid ? snapshot : undefined}
          turn={turnOf(grid, goniometer)}
          best={best}
          centre={centre}
          band={band}
          selected={hovered}
          onHover={onHover}
          label={`Heat map of ${order.columns} × ${order.rows} boxes`}
        />
      </div>
      <div className={classes.words}>
        {metric ? <ColourScale metric={metric} range={range} /> : <p>No values yet</p>}
        <p className={classes.readout}>
          {angle && goniometer !== null && (
            <span>
              {order.columns} × {order.rows} at {significant(goniometer)}°
            </span>
          )}
          {shown && metric && (
            <>
              <span>
                {hovered ? 'Here' : 'Best'}{' '}
                <b>{metricText(metric, values[shown.row * order.columns + shown.column])}</b>
              </span>
              <span>
                column {shown.column + 1}, row {shown.row + 1}
              </span>
              <span>image {imageOfCell(shown, order) + firstImage}</span>
            </>
          )}
        </p>
      </div>
    </div>
  );
}
