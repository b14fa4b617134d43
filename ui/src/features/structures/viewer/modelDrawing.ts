import { Loci } from 'molstar/lib/mol-model/loci';
import type { Representation } from 'molstar/lib/mol-repr/representation';
import type { Place, Point } from '../places';
import type { Contents } from '../words';
import { type Isosurface, readDensity } from './isosurface';
import { LEVELS, type MapKind } from './maps';
import { drawMarks } from './marks';
import { drawModel, drawNear, type Molecule } from './molecule';
import { pointedText } from './pointed';
import { Scene } from './scene';

/** A whole model drawn by Mol*, atoms and density where one looks. */
export class ModelDrawing {
  private readonly scene: Scene;
  private molecule: Molecule | null = null;
  private near: Promise<Representation.Any> | null = null;
  private readonly maps = new Map<MapKind, Isosurface>();
  private readonly levels = { ...LEVELS };
  private readonly hidden = new Set<MapKind>();

  /** Draws into an element, and tells in words what the pointer is on. Throws where the browser has no WebGL. */
  constructor(element: HTMLElement, onPointed: (text: string | null) => void) {
    let pointed: Loci | null = null;
    this.scene = new Scene(element, (at) => {
      pointed = at.loci;
      onPointed(this.molecule && pointedText(at, this.molecule.cartoon));
    });
    this.canvas.addEventListener('dblclick', () => {
      const sphere = pointed && Loci.getBoundingSphere(pointed);
      if (!sphere) return;
      const [x = 0, y = 0, z = 0] = sphere.center;
      this.lookAt([x, y, z]);
    });
  }

  get canvas(): HTMLCanvasElement {
    return this.scene.canvas;
  }

  /** Draws a model in PDBx/mmCIF and marks places in it. Raises what is wrong with the file. */
  async load(mmcif: string, marked: Place[]): Promise<Contents> {
    this.molecule = await drawModel(this.scene, mmcif);
    await drawMarks(this.scene, marked);
    this.scene.begin();
    return this.molecule.contents;
  }

  /** Flies to a place, or to where the whole model is seen. */
  lookAt(place?: Point): void {
    this.scene.lookAt(place);
    void this.near?.then((drawn) => this.scene.remove(drawn));
    this.near = place && this.molecule ? drawNear(this.scene, this.molecule, place) : null;
  }

  /** Draws density around a place, of a CCP4 map. */
  async addMap(kind: MapKind, ccp4: ArrayBuffer, place: Point, wanted: AbortSignal): Promise<void> {
    const map = await readDensity(this.scene, kind, ccp4, place);
    if (wanted.aborted) {
      map.remove();
      return;
    }
    this.maps.set(kind, map);
    map.setShown(!this.hidden.has(kind));
    await map.setLevel(this.levels[kind]);
  }

  removeMaps(): void {
    for (const map of this.maps.values()) map.remove();
    this.maps.clear();
  }

  setLevel(kind: MapKind, level: number): void {
    this.levels[kind] = level;
    void this.maps.get(kind)?.setLevel(level);
  }

  setShown(kind: MapKind, shown: boolean): void {
    if (shown) this.hidden.delete(kind);
    else this.hidden.add(kind);
    this.maps.get(kind)?.setShown(shown);
  }

  dispose(): void {
    this.scene.dispose();
  }
}
