import { Canvas3D, Canvas3DContext } from 'molstar/lib/mol-canvas3d/canvas3d';
import { DefaultTrackballBindings } from 'molstar/lib/mol-canvas3d/controls/trackball';
import { resizeCanvas } from 'molstar/lib/mol-canvas3d/util';
import { Quat, Vec2, Vec3 } from 'molstar/lib/mol-math/linear-algebra';
import { EmptyLoci, Loci } from 'molstar/lib/mol-model/loci';
import type { Representation } from 'molstar/lib/mol-repr/representation';
import { ColorTheme } from 'molstar/lib/mol-theme/color';
import { SizeTheme } from 'molstar/lib/mol-theme/size';
import { AssetManager } from 'molstar/lib/mol-util/assets';
import { Binding } from 'molstar/lib/mol-util/binding';
import { ButtonsType, ModifiersKeys } from 'molstar/lib/mol-util/input/input-observer';
import { MarkerAction } from 'molstar/lib/mol-util/marker-action';
import type { Point } from '../places';

/** Radius of what is seen around a place [Å]. */
const SEEN = 9;
/** Time that a flight takes [ms]. */
const FLIGHT = 600;
/** What a key turns [rad], and by how much it zooms. */
const TURN = Math.PI / 18;
const ZOOM = 1.15;

const KEYS: Partial<Record<string, (scene: Scene) => void>> = {
  ArrowLeft: (scene) => scene.turn(-TURN, 0),
  ArrowRight: (scene) => scene.turn(TURN, 0),
  ArrowUp: (scene) => scene.turn(0, -TURN),
  ArrowDown: (scene) => scene.turn(0, TURN),
  '+': (scene) => scene.zoom(1 / ZOOM),
  '=': (scene) => scene.zoom(1 / ZOOM),
  '-': (scene) => scene.zoom(ZOOM),
};

/** A canvas that Mol* draws on, its camera and pointer; `dispose` gives back what the browser has few of. */
export class Scene {
  readonly canvas = document.createElement('canvas');
  readonly assets = new AssetManager();
  /** What colours and sizes are looked up in. */
  readonly themes = {
    colorThemeRegistry: ColorTheme.createRegistry(),
    sizeThemeRegistry: SizeTheme.createRegistry(),
  };
  private readonly context: Canvas3DContext;
  private readonly canvas3d: Canvas3D;
  private readonly ended = new AbortController();
  private marked: Loci = EmptyLoci;

  /** Draws into an element, and tells what the pointer is on. Throws where the browser has no WebGL. */
  constructor(element: HTMLElement, onPointed: (at: Representation.Loci) => void) {
    this.canvas.tabIndex = 0;
    this.canvas.role = 'img';
    element.append(this.canvas);
    this.context = Canvas3DContext.fromCanvas(this.canvas, this.assets);
    this.canvas3d = Canvas3D.create(this.context, {}, { trackball: { bindings: gestures() } });
    this.canvas3d.setProps({
      // What is behind shows through, in the colours of the page.
      transparentBackground: true,
      // Pale marks are pointed at too.
      renderer: { pickingAlphaThreshold: 0.2 },
      camera: { manualReset: true, helper: { axes: { name: 'off', params: {} } } },
    });
    this.canvas3d.input.resize.subscribe(() => {
      resizeCanvas(this.canvas, element, this.context.pixelScale);
      this.canvas3d.requestResize();
    });
    this.canvas.addEventListener('keydown', (event) => {
      const act = event.ctrlKey || event.altKey || event.metaKey ? undefined : KEYS[event.key];
      if (!act) return;
      act(this);
      event.preventDefault();
    });
    // The wheel zooms once the drawing was clicked into or fills the screen; before, it scrolls the page as everywhere.
    element.addEventListener(
      'wheel',
      (event) => {
        if (document.activeElement !== this.canvas && !document.fullscreenElement) event.stopPropagation();
      },
      { capture: true, signal: this.ended.signal },
    );
    const point = (event: PointerEvent) => onPointed(this.pointed(event));
    this.canvas.addEventListener('pointermove', (event) => {
      if (event.buttons === 0) point(event);
    });
    this.canvas.addEventListener('pointerleave', point);
    this.canvas.addEventListener('pointerdown', (event) => {
      this.canvas.focus({ preventScroll: true });
      point(event);
    });
    this.canvas3d.animate();
  }

  /** What is drawn below the pointer. Mol* would tell, but never where there is no GPU, as on remote desktops. */
  private pointed({ type, offsetX, offsetY }: PointerEvent): Representation.Loci {
    const found = type === 'pointerleave' ? undefined : this.canvas3d.identify(Vec2.create(offsetX, offsetY));
    const pointed = this.canvas3d.getLoci(found?.id);
    const residue = Loci.normalize(pointed.loci, 'residue');
    if (!Loci.areEqual(residue, this.marked)) {
      this.canvas3d.mark({ loci: this.marked }, MarkerAction.RemoveHighlight);
      this.canvas3d.mark({ loci: residue }, MarkerAction.Highlight);
      this.marked = residue;
    }
    return pointed;
  }

  add(drawn: Representation.Any): void {
    this.canvas3d.add(drawn);
  }

  remove(drawn: Representation.Any): void {
    this.canvas3d.remove(drawn);
    drawn.destroy();
  }

  /** After something was shown or hidden. */
  redraw(): void {
    this.canvas3d.syncVisibility();
  }

  /** Looks at everything that was added up to now. */
  begin(): void {
    this.canvas3d.requestCameraReset({ durationMs: 0 });
    this.canvas3d.commit(true);
  }

  /** Flies to a place, or to where everything is seen. */
  lookAt(place?: Point): void {
    if (place) this.canvas3d.camera.focus(Vec3.create(...place), SEEN, FLIGHT);
    else this.canvas3d.requestCameraReset({ durationMs: FLIGHT });
  }

  /** Turns what is seen to the right and downwards [rad]. */
  turn(right: number, down: number): void {
    const { camera } = this.canvas3d;
    const { position, target, up } = camera.state;
    const eye = Vec3.sub(Vec3(), position, target);
    const side = Vec3.normalize(Vec3(), Vec3.cross(Vec3(), up, eye));
    const by = Quat.multiply(
      Quat(),
      Quat.setAxisAngle(Quat(), Vec3.normalize(Vec3(), up), -right),
      Quat.setAxisAngle(Quat(), side, -down),
    );
    Vec3.transformQuat(eye, eye, by);
    camera.setState({ position: Vec3.add(Vec3(), target, eye), up: Vec3.transformQuat(Vec3(), up, by) }, 0);
  }

  /** Goes as many times as far away. */
  zoom(times: number): void {
    const { camera } = this.canvas3d;
    const { position, target } = camera.state;
    const eye = Vec3.sub(Vec3(), position, target);
    camera.setState({ position: Vec3.scaleAndAdd(Vec3(), target, eye, times) }, 0);
  }

  dispose(): void {
    this.ended.abort();
    this.canvas3d.dispose();
    this.context.dispose();
    this.canvas.remove();
  }
}

/** The gestures of UglyMol; keys are ours, since Mol*'s act wherever the focus is. */
function gestures(): typeof DefaultTrackballBindings {
  const { Primary, Secondary, Auxilary } = ButtonsType.Flag;
  const drag = (...triggers: Binding.Trigger[]) => Binding(triggers);
  const none = Object.fromEntries(Object.keys(DefaultTrackballBindings).map((name) => [name, Binding.Empty]));
  return {
    ...(none as typeof DefaultTrackballBindings),
    dragRotate: drag(Binding.Trigger(Primary, ModifiersKeys.create())),
    dragZoom: drag(Binding.Trigger(Secondary, ModifiersKeys.create())),
    dragPan: drag(
      Binding.Trigger(Auxilary, ModifiersKeys.create()),
      Binding.Trigger(Primary, ModifiersKeys.create({ control: true })),
    ),
    scrollZoom: drag(Binding.Trigger(Auxilary, ModifiersKeys.create())),
  };
}
