import { ActionIcon, Button, Select, Slider } from '@mantine/core';
import {
  IconAlertTriangle,
  IconDownload,
  IconPlayerPause,
  IconPlayerPlay,
  IconZoomIn,
  IconZoomOut,
  IconZoomReset,
} from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo, useRef, useState, type KeyboardEvent } from 'react';
import type { ImageHeader } from '@/api/types';
import { ErrorState } from '@/shared/states/ErrorState';
import { Contrast } from './Contrast';
import { binningFor, histogramOf, type Limits } from './counts';
import { warnings } from './disagree';
import { geometryOf } from './geometry';
import { MAPS, type MapName } from './painter';
import { pagedTo } from './paging';
import { frameQuery } from './queries';
import { Sources } from './Sources';
import { Stage, type StageHandle } from './Stage';
import { useScreen } from './useScreen';
import classes from './Viewer.module.css';
import { fit, moved, zoomed, type View } from './view';

interface Props {
  header: ImageHeader;
  image: number;
  first: number;
  last: number;
  /** Begin of the name of a saved picture. */
  name: string;
  onImage: (image: number) => void;
  onFailed: () => void;
}

const SUMS = [1, 2, 5, 10, 20];
/** Shortest time that an image is shown while they are played [ms]. */
const PACE = 180;

/** Diffraction images: contrast, zoom, rings of resolution, counts under the pointer, one after the other. */
export default function Viewer({ header, image, first, last, name, onImage, onFailed }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const stage = useRef<StageHandle>(null);
  const screen = useScreen(box);
  const [view, setView] = useState<View | null>(null);
  const [chosen, setChosen] = useState<Limits | null>(null);
  const [map, setMap] = useState<MapName>('grey');
  const [rings, setRings] = useState({ resolution: true, ice: false });
  const [sum, setSum] = useState(1);
  const [playing, setPlaying] = useState(false);
  const [largest, setLargest] = useState(4096);

  const whole = screen && fit(header, screen);
  const shown = view ?? whole;
  const binning = binningFor(header, (shown?.scale ?? 0) * devicePixelRatio, largest);
  const frame = {
    dataCollectionId: header.dataCollectionId,
    image,
    binning,
    sum: Math.min(sum, Math.max(last - image + 1, 1)),
  };
  const { data: counts, error, isPlaceholderData, refetch } = useQuery(frameQuery(frame));
  const histogram = useMemo(() => counts && histogramOf(counts), [counts]);
  const geometry = useMemo(() => geometryOf(header), [header]);
  const disputed = useMemo(() => warnings(header), [header]);
  const limits = chosen ?? histogram?.limits ?? { low: 0, high: 1 };
  const next = image + 1 > last ? first : image + 1;
  useNext({ ...frame, image: next }, playing && !isPlaceholderData && !error, () => onImage(next));

  const zoom = (factor: number, around?: { x: number; y: number }) => {
    if (!screen || !shown) return;
    setView(zoomed(shown, factor, around ?? { x: screen.width / 2, y: screen.height / 2 }, header, screen));
  };
  function onPage(event: KeyboardEvent) {
    const to = pagedTo(event.key, image, first, last);
    if (to === null) return;
    event.preventDefault();
    onImage(to);
  }
  const step = (by: 1 | -1) => image + by >= first && image + by <= last && onImage(image + by);
  return (
    <div className={classes.viewer}>
      <div className={classes.tools}>
        {histogram && <Contrast histogram={histogram} limits={limits} map={map} onLimits={setChosen} />}
        <div className={classes.choices}>
          <Button size="compact-xs" variant="default" disabled={!chosen} onClick={() => setChosen(null)}>
            Auto
          </Button>
          <Select
            aria-label="Colours"
            size="xs"
            className={classes.map}
            data={Object.entries(MAPS).map(([value, label]) => ({ value, label }))}
            value={map}
            onChange={(value) => value && setMap(value as MapName)}
            allowDeselect={false}
          />
          <Select
            aria-label="Images added"
            size="xs"
            className={classes.sum}
            data={SUMS.map((each) => ({ value: String(each), label: each === 1 ? 'One image' : `Sum of ${each}` }))}
            value={String(sum)}
            onChange={(value) => setSum(Number(value ?? 1))}
            allowDeselect={false}
          />
          {(['resolution', 'ice'] as const).map((kind) => (
            <label key={kind} className={classes.toggle} data-kind={kind}>
              <input
                type="checkbox"
                checked={rings[kind] && geometry !== null}
                disabled={geometry === null}
                onChange={({ target }) => setRings({ ...rings, [kind]: target.checked })}
              />
              {kind === 'resolution' ? 'Rings' : 'Ice'}
            </label>
          ))}
        </div>
      </div>
      {disputed.length > 0 && (
        <p className={classes.disputed} role="note" data-testid="image-disagrees">
          <IconAlertTriangle size={15} stroke={1.8} aria-hidden="true" />
          <span>Image file and database disagree: {disputed.join('; ')}. The rings are those of the file.</span>
        </p>
      )}
      <div
        ref={box}
        className={classes.stage}
        style={{ aspectRatio: header.width / header.height }}
        data-busy={isPlaceholderData || !counts ? true : undefined}
      >
        {counts && shown && (
          <Stage
            handle={stage}
            counts={counts}
            image={header}
            screen={screen}
            view={shown}
            zoomed={view !== null}
            limits={limits}
            map={map}
            saturation={sum === 1 ? header.saturation.value : null}
            geometry={geometry}
            resolution={rings.resolution}
            ice={rings.ice}
            label={`Diffraction image ${image}. Arrow keys: other images; plus and minus: zoom; 0: whole image; space: play`}
            onZoom={zoom}
            onMove={(by) => screen && setView(moved(shown, by, header, screen))}
            onFit={() => setView(null)}
            onStep={step}
            onPlay={() => setPlaying(!playing)}
            onLargest={setLargest}
            onFailed={onFailed}
          />
        )}
        {error && <ErrorState error={error} onRetry={() => void refetch()} compact />}
        <div className={classes.zoom}>
          <ActionIcon variant="default" onClick={() => zoom(1.6)} aria-label="Zoom in">
            <IconZoomIn size={16} />
          </ActionIcon>
          <ActionIcon variant="default" onClick={() => zoom(1 / 1.6)} disabled={!view} aria-label="Zoom out">
            <IconZoomOut size={16} />
          </ActionIcon>
          <ActionIcon variant="default" onClick={() => setView(null)} disabled={!view} aria-label="Whole image">
            <IconZoomReset size={16} />
          </ActionIcon>
          <ActionIcon
            variant="default"
            onClick={() => stage.current?.save(`${name}_${image}.png`)}
            disabled={!counts}
            aria-label="Save what is seen as PNG"
          >
            <IconDownload size={16} />
          </ActionIcon>
        </div>
      </div>
      {last > first && (
        <div className={classes.play} data-own-keys>
          <ActionIcon
            variant="default"
            onClick={() => setPlaying(!playing)}
            aria-label={playing ? 'Stop' : 'Play the images'}
          >
            {playing ? <IconPlayerPause size={16} /> : <IconPlayerPlay size={16} />}
          </ActionIcon>
          <Slider
            size="sm"
            className={classes.slider}
            min={first}
            max={last}
            value={image}
            onChange={onImage}
            label={(value) => `Image ${value}`}
            thumbLabel="Image"
            thumbValueText={(value) => `image ${value} of ${last}`}
            onKeyDown={onPage}
          />
        </div>
      )}
      <Sources header={header} />
    </div>
  );
}

/** Loads the image after this one ahead, and while they are played goes there once it is here. */
function useNext(frame: Parameters<typeof frameQuery>[0], playing: boolean, onReady: () => void) {
  const client = useQueryClient();
  const latest = useRef(onReady);
  useEffect(() => {
    latest.current = onReady;
  });
  const { dataCollectionId, image, binning, sum } = frame;
  useEffect(() => {
    if (!playing) return;
    let over = false;
    const pause = new Promise((resolve) => setTimeout(resolve, PACE));
    const loaded = client.query(frameQuery({ dataCollectionId, image, binning, sum })).catch(() => undefined);
    void Promise.all([pause, loaded]).then(() => over || latest.current());
    return () => {
      over = true;
    };
  }, [client, playing, dataCollectionId, image, binning, sum]);
}
