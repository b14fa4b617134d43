/** What is used of UglyMol, which comes without types. */
declare module 'uglymol' {
  export interface ElMap {
    from_ccp4(content: ArrayBuffer, expandSymmetry?: boolean): void;
  }
  export const ElMap: new () => ElMap;
  export interface Model {
    get_center(): [number, number, number];
  }
  export function modelsFromPDB(text: string): Model[];

  export interface ModelBag {
    model: Model;
  }
  export interface MapBag {
    isolevel: number;
    visible: boolean;
    is_diff_map: boolean;
  }
  export interface ViewerOptions {
    viewer: string;
    hud: string | null;
    help: string | null;
    focusable: boolean;
    color_scheme: string;
    map_radius: number;
  }
  export class Viewer {
    constructor(options: ViewerOptions);
    renderer: { domElement: HTMLCanvasElement } | null;
    container: HTMLElement | null;
    ColorSchemes: Record<string, { bg: { set(hex: number): void } }>;
    config: { color_scheme: string; map_radius: number };
    map_bags: MapBag[];
    model_bags: ModelBag[];
    selected: { bag: ModelBag | null; atom: unknown };
    window_offset: [number, number];
    camera: { zoom: number; right: number };
    add_model(model: Model): void;
    add_map(map: ElMap, isDifference: boolean): void;
    change_zoom_by_factor(factor: number): void;
    recenter(place?: [number, number, number], camera?: undefined, steps?: number): void;
    redraw_map(bag: MapBag): void;
    redraw_maps(force?: boolean): void;
    request_render(): void;
    resize(): void;
    set_colors(): void;
    toggle_map_visibility(bag: MapBag): void;
  }
}
