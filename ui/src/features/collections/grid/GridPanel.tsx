import { Button, SegmentedControl, Select, Slider } from '@mantine/core';
import '@mantine/core/styles/Slider.css';
import { IconDownload, IconRoute } from '@tabler/icons-react';
import { useRef, useState, type MouseEvent, type ReactNode } from 'react';
import { pictures } from '@/api/pictures';
import type { CollectionDetail, GridInfo, Quality } from '@/api/types';
import { ColourScale } from '@/shared/plots/ColourScale';
import { indicatorTable, saveCsv } from '@/shared/plots/export';
import { metricText } from '@/shared/plots/metrics';
import type { Centre } from './centre';
import { placeOnSnapshot } from './grid';
import { GridMap } from './GridMap';
import classes from './GridPanel.module.css';
import { ImagePeek } from './ImagePeek';
import type { Band } from './linked';
import { cellOfImage, imageOfCell, type Cell, type ScanOrder } from './order';
import { goniometerAngle, turnOf } from './turn';
import type { CommonScale } from './useCommonScale';
import { useGridValues } from './useGridValues';
import { useTapped } from './useTapped';

interface Props {
  collection: CollectionDetail;
  grid: GridInfo;
  order: ScanOrder;
  quality: Quality;
  metric: string | undefined;
  scale: CommonScale;
  image: number | undefined;
  /** Where X-ray centring found the crystal, and what is said of that. */
  centre: Centre | null;
  centreLine: ReactNode;
  /** What is pointed at in another view of the crystal. */
  band: Band | null;
  onPoint: (cell: Cell | null) => void;
  onMetric: (key: string) => void;
  onImage: (imageNumber: number) => void;
  /** The diffraction image of the chosen box: beside the map, or below it where there is no room. */
  diffraction: ReactNode;
  otherViews: ReactNode;
}

/** A grid scan at full size: choose the indicator, move the crosshair with the arrow keys, read every box. */
export function GridPanel(props: Props) {
  const { collection, grid, order, quality, metric: key, scale, image, centre, band } = props;
  const { onPoint, onMetric, onImage, diffraction, otherViews } = props;
  const [hovered, setHovered] = useState<Cell | null>(null);
  const [pointer, setPointer] = useState<{ x: number; y: number } | null>(null);
  const [opacity, setOpacity] = useState(0.75);
  const [whole, setWhole] = useState(false);
  const [course, setCourse] = useState(false);
  const firstImage = collection.startImageNumber ?? 1;
  const { available, metric, values, range, best } = useGridValues(quality, order, firstImage, scale, key);
  const chosen = cellOf(image, collection, order);
  const shown = hovered ?? chosen ?? best;
  const onHover = (cell: Cell | null) => {
    setHovered(cell);
    onPoint(cell);
  };
  const { tapped, setTapped } = useTapped();
  const touching = useRef(false);
  const map = useRef<HTMLDivElement>(null);
  const picture = useRef<HTMLDivElement>(null);
  function onSelect(cell: Cell, click?: MouseEvent<HTMLElement>) {
    const chosenImage = imageOfCell(cell, order) + firstImage;
    onImage(chosenImage);
    if (click && touching.current) setTapped({ image: chosenImage, at: { x: click.clientX, y: click.clientY } });
    else if (click && map.current && picture.current) showBoth(map.current, picture.current);
  }
  const overlaid = collection._metadata.snapshots[1] && placeOnSnapshot(grid) !== null;
  return (
    <section aria-label="Grid scan" className={classes.panel}>
      <div className={classes.scan}>
        <div className={classes.tools}>
          <Select
            aria-label="Indicator"
            size="xs"
            className={classes.metric}
            data={available.map((each) => ({ value: each.key, label: each.name }))}
            value={metric?.key ?? null}
            onChange={(value) => value && onMetric(value)}
            allowDeselect={false}
            placeholder="No values yet"
          />
          {overlaid && (
            <SegmentedControl
              size="xs"
              aria-label="What part of the picture"
              data={[
                { value: 'grid', label: 'Grid' },
                { value: 'whole', label: 'Whole picture' },
              ]}
              value={whole ? 'whole' : 'grid'}
              onChange={(value) => setWhole(value === 'whole')}
            />
          )}
          {overlaid && (
            <label className={classes.opacity}>
              Crystal
              <Slider
                size="sm"
                min={0.1}
                max={1}
                step={0.05}
                value={opacity}
                onChange={setOpacity}
                label={null}
                thumbLabel="Opacity of the heat map"
                className={classes.slider}
              />
              Map
            </label>
          )}
          <Button
            variant={course ? 'light' : 'subtle'}
            color={course ? undefined : 'gray'}
            size="compact-sm"
            ml="auto"
            leftSection={<IconRoute size={15} />}
            title="Draw in which order the boxes were scanned"
            aria-pressed={course}
            onClick={() => setCourse(!course)}
          >
            Course
          </Button>
          <Button
            variant="subtle"
            color="gray"
            size="compact-sm"
            leftSection={<IconDownload size={15} />}
            title="Save the values of every box"
            onClick={() => saveCsv(`grid_${collection.dataCollectionId}.csv`, indicatorTable(quality))}
          >
            CSV
          </Button>
        </div>
        <div className={classes.reading}>
          {metric && <ColourScale metric={metric} range={range} views={scale.views} />}
          <p className={classes.readout} aria-live="polite">
            {shown && metric && (
              <>
                <span>{hovered ? 'Here' : chosen ? 'Chosen' : 'Best'}</span>
                <b>{metricText(metric, values[shown.row * order.columns + shown.column])}</b>
                <span>
                  column {shown.column + 1}, row {shown.row + 1}
                </span>
                <span>image {imageOfCell(shown, order) + firstImage}</span>
              </>
            )}
          </p>
        </div>
        {props.centreLine}
        <div
          ref={map}
          className={classes.stage}
          onPointerDown={({ pointerType }) => (touching.current = pointerType === 'touch')}
          onPointerMove={({ pointerType, clientX, clientY }) =>
            setPointer(pointerType === 'mouse' ? { x: clientX, y: clientY } : null)
          }
        >
          <GridMap
            grid={grid}
            order={order}
            values={values}
            range={range}
            snapshot={overlaid ? pictures.snapshot(collection.dataCollectionId) : undefined}
            whole={whole}
            opacity={opacity}
            turn={turnOf(grid, goniometerAngle(collection))}
            best={best}
            centre={centre}
            course={course}
            band={band}
            selected={chosen}
            pointed={hovered}
            onSelect={onSelect}
            onHover={onHover}
            label={`Heat map of ${order.columns} × ${order.rows} boxes. The arrow keys move the crosshair.`}
          />
        </div>
      </div>
      <div ref={picture} className={classes.diffraction}>
        {diffraction}
      </div>
      {otherViews}
      {tapped && <ImagePeek dataCollectionId={collection.dataCollectionId} {...tapped} />}
      {pointer && (
        <ImagePeek
          dataCollectionId={collection.dataCollectionId}
          image={hovered && imageOfCell(hovered, order) + firstImage}
          at={pointer}
        />
      )}
    </section>
  );
}

/** Brings the map to the top where the image below it is mostly out of sight: both are seen then. */
function showBoth(map: HTMLElement, picture: HTMLElement): void {
  const { top, height } = picture.getBoundingClientRect();
  if (top + height / 2 < window.innerHeight) return;
  const still = window.matchMedia('(prefers-reduced-motion: reduce)').matches;
  map.scrollIntoView({ block: 'start', behavior: still ? 'auto' : 'smooth' });
}

/** The box of an image; null when there is none, or it is not of this grid. */
export function cellOf(
  image: number | undefined,
  { startImageNumber }: CollectionDetail,
  order: ScanOrder,
): Cell | null {
  if (image === undefined) return null;
  const index = image - (startImageNumber ?? 1);
  return index >= 0 && index < order.columns * order.rows ? cellOfImage(index, order) : null;
}
