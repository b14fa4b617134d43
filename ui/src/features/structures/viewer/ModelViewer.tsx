import { ActionIcon } from '@mantine/core';
import { IconPhotoDown } from '@tabler/icons-react';
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { savePng } from '@/shared/plots/export';
import type { Point } from '../places';
import { contentOf } from '../queries';
import { contentsText } from '../words';
import { canDraw } from './canDraw';
import { LEVELS, type MapKind } from './maps';
import { ModelDrawing } from './modelDrawing';
import { ViewerFrame, type Stage } from './ViewerFrame';
import { Steps } from './Steps';
import classes from './Viewer.module.css';
import type { ViewerProps } from './ViewerProps';

/** A whole model: chains as cartoons, ligands, waters, and the density around the place that is looked at. */
export default function ModelViewer({ name, model, reflections, maps, places, label, at, onGo }: ViewerProps) {
  const place = useRef<HTMLDivElement>(null);
  const drawing = useRef<ModelDrawing | null>(null);
  const [stage, setStage] = useState<Stage>(() => (canDraw() ? 'loading' : 'no WebGL'));
  const [contents, setContents] = useState('');
  const [pointed, setPointed] = useState<string | null>(null);
  const [levels, setLevels] = useState(LEVELS);
  const [lacksMaps, setLacksMaps] = useState(false);
  const kinds = maps.join(' ');
  const marked = useEffectEvent(() => places.filter(({ blob }) => blob !== undefined));

  useEffect(() => {
    const element = place.current;
    if (!element) return;
    const stop = new AbortController();
    void load(element, stop.signal).then(
      () => {
        if (!stop.signal.aborted) setStage('shown');
      },
      () => {
        if (!stop.signal.aborted) setStage('failed');
      },
    );
    async function load(into: HTMLElement, signal: AbortSignal) {
      const mmcif = await contentOf(`${model}/model?format=mmcif`, signal);
      if (signal.aborted) return;
      const drawn = new ModelDrawing(into, setPointed);
      drawing.current = drawn;
      const found = contentsText(await drawn.load(new TextDecoder().decode(mmcif), marked()));
      drawn.canvas.ariaLabel = `Model of ${found}`;
      setContents(found);
    }
    return () => {
      stop.abort();
      drawing.current?.dispose();
      drawing.current = null;
    };
  }, [model]);

  const [x, y, z] = at?.at ?? [];
  useEffect(() => {
    const drawn = drawing.current;
    if (stage !== 'shown' || !drawn || x === undefined || y === undefined || z === undefined) return;
    const stop = new AbortController();
    const point: Point = [x, y, z];
    const near = point.map((value) => value.toFixed(3)).join(',');
    const wanted = kinds.split(' ').filter(Boolean) as MapKind[];
    drawn.lookAt(point);
    const asked = wanted.map(async (kind) => {
      const ccp4 = await contentOf(`${reflections}/map?kind=${kind}&near=${near}`, stop.signal);
      await drawn.addMap(kind, ccp4, point, stop.signal);
    });
    void Promise.all(asked).then(
      () => setLacksMaps(false),
      () => {
        if (!stop.signal.aborted) setLacksMaps(true);
      },
    );
    return () => {
      stop.abort();
      drawn.removeMaps();
    };
  }, [stage, x, y, z, reflections, kinds]);

  return (
    <ViewerFrame
      testId="model"
      stage={stage}
      loading="Reading the model …"
      failed="The model could not be drawn. Download the file to see what is in it."
      place={{ ref: place }}
      hud={<p className={classes.hud}>{pointed ?? contents}</p>}
      maps={maps}
      levels={at ? levels : {}}
      onLevel={(kind, level) => {
        drawing.current?.setLevel(kind, level);
        setLevels((were) => ({ ...were, [kind]: level }));
      }}
      onShown={(kind, shown) => drawing.current?.setShown(kind, shown)}
      note={
        <>
          {lacksMaps && <span role="alert">The density around this place could not be read. </span>}
          {maps.length > 0 && !at && 'Density is drawn around the blob or ligand that is chosen. '}
        </>
      }
      keys="Drag turns, right drag zooms, middle drag or Ctrl moves, a double click goes there. After a click into it: the wheel zooms, arrow keys turn, + and − zoom."
      touch="One finger turns, two zoom and move."
    >
      <Steps
        places={places}
        label={label}
        at={at}
        onGo={onGo}
        onWhole={() => {
          onGo(undefined);
          drawing.current?.lookAt();
        }}
      >
        <ActionIcon
          variant="default"
          aria-label="Save the picture"
          title="Save the picture as PNG"
          disabled={stage !== 'shown'}
          onClick={() => drawing.current && savePng(`${name}.png`, drawing.current.canvas)}
        >
          <IconPhotoDown size={16} />
        </ActionIcon>
      </Steps>
    </ViewerFrame>
  );
}
