import { parse } from 'molstar/lib/mol-io/reader/ccp4/parser';
import { Mat4, Vec3 } from 'molstar/lib/mol-math/linear-algebra';
import { volumeFromCcp4 } from 'molstar/lib/mol-model-formats/volume/ccp4';
import { Volume } from 'molstar/lib/mol-model/volume';
import { IsosurfaceRepresentationProvider as Drawing } from 'molstar/lib/mol-repr/volume/isosurface';
import { Theme } from 'molstar/lib/mol-theme/theme';
import { Color } from 'molstar/lib/mol-util/color';
import type { Point } from '../places';
import type { MapKind } from './maps';
import type { Scene } from './scene';

/** How far density is drawn around a place [Å]: within the box that the service gives. */
const RADIUS = 8;
/** Of what is above the level, and of what is below minus the level. */
const COLOURS: Record<MapKind, Color[]> = {
  '2fofc': [Color(0x3f78d8)],
  fofc: [Color(0x2fa84f), Color(0xc94040)],
  anomalous: [Color(0x2fa84f), Color(0xc94040)],
};

const NET: typeof Drawing.defaultValues = { ...Drawing.defaultValues, visuals: ['wireframe'], sizeFactor: 1 };

/** Density of a CCP4 map around a place, as a net; it is drawn when it is told at which level. */
export async function readDensity(scene: Scene, kind: MapKind, ccp4: ArrayBuffer, place: Point): Promise<Isosurface> {
  const parsed = await parse(new Uint8Array(ccp4), kind).run();
  if (parsed.isError) throw new Error(parsed.message);
  return new Isosurface(scene, COLOURS[kind], await volumeFromCcp4(parsed.result).run(), place);
}

export class Isosurface {
  private readonly scene: Scene;
  private readonly volume: Volume;
  private readonly clip;
  private readonly sides;
  private level = 0;
  private shown = true;
  private drawing = false;

  constructor(scene: Scene, colours: Color[], volume: Volume, place: Point) {
    this.scene = scene;
    this.volume = volume;
    this.clip = sphere(place);
    this.sides = colours.map((value) => {
      const drawn = Drawing.factory(scene.themes, Drawing.getParams);
      const theme = { colorTheme: { name: 'uniform', params: { value } }, sizeTheme: { name: 'uniform' } };
      drawn.setTheme(Theme.create(scene.themes, { volume }, theme));
      scene.add(drawn);
      return drawn;
    });
  }

  /** Contours at a level [σ]; the last one that was asked for wins. */
  async setLevel(level: number): Promise<void> {
    this.level = level;
    if (this.drawing) return;
    this.drawing = true;
    for (let drawn = NaN; drawn !== this.level;) {
      drawn = this.level;
      for (const [index, side] of this.sides.entries()) {
        const isoValue = Volume.IsoValue.relative(index === 0 ? drawn : -drawn);
        await side.createOrUpdate({ ...NET, clip: this.clip, isoValue }, this.volume).run();
        // Only what is drawn has a state. The pointer goes through to the atoms.
        side.setState({ visible: this.shown, pickable: false });
      }
    }
    this.drawing = false;
    this.scene.redraw();
  }

  setShown(shown: boolean): void {
    this.shown = shown;
    for (const side of this.sides) side.setState({ visible: shown });
    this.scene.redraw();
  }

  remove(): void {
    for (const side of this.sides) this.scene.remove(side);
  }
}

/** Leaves only what is in a sphere. */
function sphere(place: Point) {
  const size = 2 * RADIUS;
  return {
    variant: 'pixel' as const,
    objects: [
      {
        type: 'sphere' as const,
        invert: true,
        position: Vec3.create(...place),
        rotation: { axis: Vec3.create(1, 0, 0), angle: 0 },
        scale: Vec3.create(size, size, size),
        transform: Mat4.identity(),
      },
    ],
  };
}
