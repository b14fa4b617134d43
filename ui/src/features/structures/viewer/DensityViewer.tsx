import { ActionIcon, Button, useComputedColorScheme } from '@mantine/core';
import { IconChevronLeft, IconChevronRight, IconFocusCentered } from '@tabler/icons-react';
import { useEffect, useId, useRef, useState } from 'react';
import type { Blob } from '@/api/types';
import { fixed } from '@/shared/format/numbers';
import { Message } from '@/shared/states/Message';
import { contentOf } from '../queries';
import { canDraw } from './canDraw';
import { Density, type MapKind } from './density';
import classes from './DensityViewer.module.css';
import { MapControl } from './MapControl';

interface Props {
  /** Addresses below the base of the API. */
  model: string | undefined;
  reflections: string | undefined;
  maps: MapKind[];
  blobs: Blob[];
  /** What one of them is called. */
  noun: 'Blob' | 'Site';
  /** Number of the blob that is looked at. */
  blob: number | undefined;
  onBlob: (number: number | undefined) => void;
}

type Stage = 'loading' | 'shown' | 'no WebGL' | 'failed';

/** A model in its electron density: turned, contoured, and looked at blob by blob. */
export default function DensityViewer({ model, reflections, maps, blobs, noun, blob, onBlob }: Props) {
  const dark = useComputedColorScheme() === 'dark';
  const id = useId();
  const place = useRef<HTMLDivElement>(null);
  const said = useRef<HTMLParagraphElement>(null);
  const density = useRef<Density | null>(null);
  const [stage, setStage] = useState<Stage>(() => (canDraw() ? 'loading' : 'no WebGL'));
  const [levels, setLevels] = useState<Partial<Record<MapKind, number>>>({});
  const kinds = maps.join(' ');
  const at = blobs.find(({ number }) => number === blob);

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
      into.lookAt(undefined, false);
      setLevels(Object.fromEntries(wanted.map((kind) => [kind, into.level(kind)])));
    }
    return () => {
      stop.abort();
      drawn.dispose();
      density.current = null;
    };
  }, [id, model, reflections, kinds]);

  useEffect(() => density.current?.setDark(dark), [dark]);
  const [x, y, z] = [at?.x, at?.y, at?.z];
  useEffect(() => {
    if (stage !== 'shown' || x == null || y == null || z == null) return;
    density.current?.lookAt([x, y, z]);
  }, [stage, x, y, z]);

  /** The wheel and the keys change levels too. */
  function readLevels() {
    const drawn = density.current;
    if (drawn)
      setLevels((were) => Object.fromEntries(Object.keys(were).map((kind) => [kind, drawn.level(kind as MapKind)])));
  }
  function step(by: 1 | -1) {
    const index = blobs.findIndex(({ number }) => number === blob);
    const next = blobs[(index < 0 && by < 0 ? 0 : index) + by] ?? blobs[by > 0 ? 0 : blobs.length - 1];
    onBlob(next?.number);
  }
  if (stage === 'no WebGL') {
    return (
      <Message title="This browser draws no models" compact>
        It has no WebGL, or it is switched off. The files below open in Coot or PyMOL.
      </Message>
    );
  }
  return (
    <div className={classes.viewer} data-testid="density" data-stage={stage}>
      <div
        className={classes.place}
        id={`${id}-view`}
        ref={place}
        data-own-keys
        onWheel={readLevels}
        onKeyUp={readLevels}
      >
        <p id={`${id}-hud`} className={classes.hud} ref={said}>
          {' '}
        </p>
        {stage === 'loading' && <p className={classes.note}>Reading model and maps …</p>}
        {stage === 'failed' && (
          <p className={classes.note} role="alert">
            The model or the maps could not be read. Download the files to see what is in them.
          </p>
        )}
      </div>
      <div className={classes.controls}>
        {maps.map((kind) => (
          <MapControl
            key={kind}
            kind={kind}
            level={levels[kind]}
            onLevel={(level) => {
              density.current?.setLevel(kind, level);
              readLevels();
            }}
            onShown={(shown) => density.current?.setShown(kind, shown)}
          />
        ))}
        <div className={classes.moves}>
          <ActionIcon
            variant="default"
            aria-label="Look at the whole model"
            title="Look at the whole model"
            onClick={() => {
              onBlob(undefined);
              density.current?.lookAt();
            }}
          >
            <IconFocusCentered size={16} />
          </ActionIcon>
          {blobs.length > 0 && (
            <>
              <ActionIcon variant="default" aria-label={`Previous ${noun.toLowerCase()}`} onClick={() => step(-1)}>
                <IconChevronLeft size={16} />
              </ActionIcon>
              <Button variant="default" size="compact-sm" onClick={() => step(1)}>
                {at ? `${noun} ${at.number}${at.height === null ? '' : ` · ${fixed(at.height, 1)} σ`}` : `${noun}s`}
              </Button>
              <ActionIcon variant="default" aria-label={`Next ${noun.toLowerCase()}`} onClick={() => step(1)}>
                <IconChevronRight size={16} />
              </ActionIcon>
            </>
          )}
        </div>
        <p className={classes.keys}>
          Drag turns, right drag zooms, middle drag or Ctrl moves. After a click into it: wheel and +/− contour, Shift
          for the second map, Space goes to the next residue.
        </p>
      </div>
    </div>
  );
}
