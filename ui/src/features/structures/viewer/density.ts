import { ElMap, modelsFromPDB, Viewer } from 'uglymol';
import type { Point } from '../places';
import { LEVELS, type MapKind } from './maps';

/** How far density is drawn around the point that is looked at [Å]. */
const RADIUS = 12;
/** How much closer it looks than UglyMol does by itself. */
const CLOSER = 2;
/** Frames that a flight to a blob takes. */
const FLIGHT = 30;

/** A drawing of a model and its maps in an element; `dispose` gives back what the browser has few of. */
export class Density {
  private readonly viewer: Viewer;
  private readonly element: HTMLElement;
  private readonly kinds: MapKind[] = [];
  private readonly ended = new AbortController();

  /** Draws into an element, and says what it does in another one. Throws where the browser has no WebGL. */
  constructor(element: HTMLElement, hud: HTMLElement, dark: boolean) {
    this.element = element;
    this.takeBackground(dark);
    this.viewer = new Viewer({
      viewer: element.id,
      hud: hud.id,
      help: null,
      focusable: true,
      color_scheme: scheme(dark),
      map_radius: RADIUS,
    });
    if (!this.viewer.renderer) throw new Error('no WebGL');
    this.viewer.change_zoom_by_factor(CLOSER);
    hud.textContent = '';
    const canvas = this.viewer.renderer.domElement;
    canvas.setAttribute('aria-label', 'Model and electron density');
    const { signal } = this.ended;
    const capture = { capture: true, signal };
    // It finds atoms by their place on the page, which moves as the page is scrolled.
    for (const event of ['mousedown', 'dblclick', 'touchstart']) {
      element.addEventListener(event, () => this.locate(element), capture);
    }
    // The wheel contours once the drawing was clicked into; before, it scrolls the page as everywhere.
    element.addEventListener(
      'wheel',
      (event) => {
        if (document.activeElement !== canvas) event.stopPropagation();
      },
      capture,
    );
    const observer = new ResizeObserver(() => this.viewer.resize());
    observer.observe(element);
    signal.addEventListener('abort', () => observer.disconnect());
  }

  private locate(element: HTMLElement): void {
    const { left, top } = element.getBoundingClientRect();
    this.viewer.window_offset = [left + window.scrollX, top + window.scrollY];
  }

  addModel(pdb: string): void {
    const first = this.viewer.model_bags.length;
    for (const model of modelsFromPDB(pdb)) this.viewer.add_model(model);
    this.viewer.selected.bag = this.viewer.model_bags[first] ?? null;
  }

  addMap(kind: MapKind, ccp4: ArrayBuffer): void {
    const map = new ElMap();
    map.from_ccp4(ccp4);
    this.viewer.add_map(map, kind !== '2fofc');
    this.kinds.push(kind);
    this.setLevel(kind, LEVELS[kind]);
  }

  /** The contour level of a map [σ]; null for one that is not there. */
  level(kind: MapKind): number | null {
    return this.bag(kind)?.isolevel ?? null;
  }

  setLevel(kind: MapKind, level: number): void {
    const bag = this.bag(kind);
    if (!bag) return;
    bag.isolevel = level;
    this.viewer.redraw_map(bag);
    this.viewer.request_render();
  }

  setShown(kind: MapKind, shown: boolean): void {
    const bag = this.bag(kind);
    if (!bag || bag.visible === shown) return;
    this.viewer.toggle_map_visibility(bag);
    this.viewer.request_render();
  }

  private bag(kind: MapKind) {
    return this.viewer.map_bags[this.kinds.indexOf(kind)];
  }

  /** Looks at a place [Å], or at the middle of the model. */
  lookAt(place?: Point, fly = true): void {
    this.viewer.recenter(place, undefined, fly ? FLIGHT : 1);
    this.viewer.request_render();
  }

  setDark(dark: boolean): void {
    if (this.viewer.config.color_scheme === scheme(dark)) return;
    this.takeBackground(dark);
    this.viewer.config.color_scheme = scheme(dark);
    this.viewer.set_colors();
    this.viewer.request_render();
  }

  /** UglyMol draws on black or white: here it is the colour that the page has there. */
  private takeBackground(dark: boolean): void {
    const [red = 0, green = 0, blue = 0] =
      getComputedStyle(this.element).backgroundColor.match(/\d+/g)?.map(Number) ?? [];
    Viewer.prototype.ColorSchemes[scheme(dark)]?.bg.set(red * 0x10000 + green * 0x100 + blue);
  }

  dispose(): void {
    this.ended.abort();
    // Its listener on the window stays and finds nothing to resize.
    this.viewer.container = null;
    const canvas = this.viewer.renderer?.domElement;
    const context = canvas?.getContext('webgl2') ?? canvas?.getContext('webgl');
    context?.getExtension('WEBGL_lose_context')?.loseContext();
    canvas?.remove();
  }
}

function scheme(dark: boolean): string {
  return dark ? 'coot dark' : 'coot light';
}
