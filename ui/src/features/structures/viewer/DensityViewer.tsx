import { useComputedColorScheme } from '@mantine/core';
import { useEffect, useId, useRef, useState } from 'react';
import { contentOf } from '../queries';
import type { ViewerProps } from './ViewerProps';
import { canDraw } from './canDraw';
import { Density } from './density';
import type { MapKind } from './maps';
import { ViewerFrame, type Stage } from './ViewerFrame';
import { Steps } from './Steps';
import classes from './Viewer.module.css';

/** A model in its electron density: turned, contoured, and looked at blob by blob. */
export default function DensityViewer({ model, reflections, maps, places, label, at, onGo }: ViewerProps) {
  const dark = useComputedColorScheme() === 'dark';
  const id = useId();
  const place = useRef<HTMLDivElement>(null);
  const said = useRef<HTMLParagraphElement>(null);
  const density = useRef<Density | null>(null);
  const [stage, setStage] = useState<Stage>(() => (canDraw() ? 'loading' : 'no WebGL'));
  const [levels, setLevels] = useState<Partial<Record<MapKind, number>>>({});
  const kinds = maps.join(' ');
  const start = useRef(places[0]?.at);

  useEffect(() => {
    const [element, hud] = [place.current, said.current];
    if (!element || !hud) return;
    const stop = new AbortController();
    const drawn = new Density(element, hud, document.documentElement.dataset.mantineColorScheme === 'dark');
    density.current = drawn;
    void load(drawn, stop.signal).then(
      () => {
        if (!stop.signal.aborted) setStage('shown');
      },
      () => {
        if (!stop.signal.aborted) setStage('failed');
      },
    );
    async function load(into: Density, signal: AbortSignal) {
      const wanted = kinds.split(' ').filter(Boolean) as MapKind[];
      const [pdb, ...ccp4] = await Promise.all([
        model ? contentOf(`${model}/model`, signal) : null,
        ...wanted.map((kind) => contentOf(`${reflections}/map?kind=${kind}`, signal)),
      ]);
      if (signal.aborted) return;
      if (pdb) into.addModel(new TextDecoder().decode(pdb));
      wanted.forEach((kind, index) => {
        const content = ccp4[index];
        if (content) into.addMap(kind, content);
      });
      // Density is read near by: the first thing worth a look, where there is one, and not the model from afar.
      into.lookAt(start.current, false);
      setLevels(Object.fromEntries(wanted.map((kind) => [kind, into.level(kind)])));
    }
    return () => {
      stop.abort();
      drawn.dispose();
      density.current = null;
    };
  }, [id, model, reflections, kinds]);

  useEffect(() => {
    density.current?.setDark(dark);
  }, [dark]);
  const [x, y, z] = at?.at ?? [];
  useEffect(() => {
    if (stage !== 'shown' || x === undefined || y === undefined || z === undefined) return;
    density.current?.lookAt([x, y, z]);
  }, [stage, x, y, z]);

  /** The wheel and the keys change levels too. */
  function readLevels() {
    const drawn = density.current;
    if (drawn)
      setLevels((were) => Object.fromEntries(Object.keys(were).map((kind) => [kind, drawn.level(kind as MapKind)])));
  }
  return (
    <ViewerFrame
      testId="density"
      stage={stage}
      loading="Reading model and maps …"
      failed="The model or the maps could not be read. Download the files to see what is in them."
      place={{ ref: place, id: `${id}-view`, onWheel: readLevels, onKeyUp: readLevels }}
      hud={
        <p id={`${id}-hud`} className={classes.hud} ref={said}>
          {' '}
        </p>
      }
      maps={maps}
      levels={levels}
      onLevel={(kind, level) => {
        density.current?.setLevel(kind, level);
        readLevels();
      }}
      onShown={(kind, shown) => density.current?.setShown(kind, shown)}
      keys="Drag turns, right drag zooms, middle drag or Ctrl moves. After a click into it: wheel, + and − contour, Shift for the second map, Space goes to the next residue."
      touch="One finger turns, two zoom and move."
    >
      <Steps
        places={places}
        label={label}
        at={at}
        onGo={onGo}
        onWhole={() => {
          onGo(undefined);
          density.current?.lookAt();
        }}
      />
    </ViewerFrame>
  );
}
