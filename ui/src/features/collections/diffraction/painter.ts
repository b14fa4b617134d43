import { viridis } from '@/shared/plots/viridis';
import type { Counts, Limits } from './counts';
import type { View } from './view';

export const MAPS = { grey: 'Grey, dark spots', bright: 'Grey, bright spots', viridis: 'Viridis' } as const;
export type MapName = keyof typeof MAPS;

export interface Painting {
  counts: Counts;
  view: View;
  limits: Limits;
  map: MapName;
  /** Larger counts are marked as too many to trust. */
  saturation: number | null;
}

const VERTEX = `#version 300 es
void main() {
  gl_Position = vec4(gl_VertexID == 1 ? 3.0 : -1.0, gl_VertexID == 2 ? 3.0 : -1.0, 0.0, 1.0);
}`;

/** Where several pixels of the image fall on one of the screen it shows the largest, so that spots are not lost. */
const FRAGMENT = `#version 300 es
precision highp float;
precision highp int;
precision highp usampler2D;
uniform usampler2D counts;
uniform sampler2D colours;
uniform vec3 view;
uniform float screenHeight;
uniform vec2 limits;
uniform uint masked;
uniform uint saturation;
out vec4 colour;
void main() {
  vec2 at = (vec2(gl_FragCoord.x, screenHeight - gl_FragCoord.y) - view.yz) / view.x;
  ivec2 size = textureSize(counts, 0);
  if (at.x < 0.0 || at.y < 0.0 || at.x >= float(size.x) || at.y >= float(size.y)) discard;
  int reach = clamp(int(ceil(1.0 / view.x - 0.01)), 1, 16);
  ivec2 from = reach == 1 ? ivec2(at) : ivec2(floor(at - 0.5 / view.x));
  uint most = 0u;
  bool seen = false;
  for (int row = 0; row < reach; row++) {
    for (int column = 0; column < reach; column++) {
      ivec2 place = clamp(from + ivec2(column, row), ivec2(0), size - 1);
      uint count = texelFetch(counts, place, 0).r;
      if (count != masked) {
        most = max(most, count);
        seen = true;
      }
    }
  }
  if (!seen) colour = vec4(0.77, 0.815, 0.88, 1.0);
  else if (most > saturation) colour = vec4(0.86, 0.2, 0.18, 1.0);
  else colour = texture(colours, vec2(clamp((float(most) - limits.x) / max(limits.y - limits.x, 1e-6), 0.002, 0.998), 0.5));
}`;

/** Paints counts on a canvas with WebGL 2. Throws where the browser has none. */
export class Painter {
  readonly largest: number;
  private readonly canvas: HTMLCanvasElement;
  private readonly gl: WebGL2RenderingContext;
  private readonly program: WebGLProgram;
  private readonly textures: { counts: WebGLTexture; colours: WebGLTexture };
  private held: Counts | null = null;
  private map: MapName | null = null;

  constructor(canvas: HTMLCanvasElement) {
    const gl = canvas.getContext('webgl2', { antialias: false, alpha: true });
    if (!gl) throw new Error('no WebGL 2');
    this.gl = gl;
    this.canvas = canvas;
    this.program = linked(gl);
    this.textures = { counts: gl.createTexture(), colours: gl.createTexture() };
    this.largest = gl.getParameter(gl.MAX_TEXTURE_SIZE) as number;
    gl.pixelStorei(gl.UNPACK_ALIGNMENT, 1);
  }

  paint({ counts, view, limits, map, saturation }: Painting): void {
    const { gl, program, canvas } = this;
    this.hold(counts);
    this.choose(map);
    const ratio = canvas.width / Math.max(canvas.clientWidth, 1);
    const place = (name: string) => gl.getUniformLocation(program, name);
    gl.viewport(0, 0, canvas.width, canvas.height);
    gl.clearColor(0, 0, 0, 0);
    gl.clear(gl.COLOR_BUFFER_BIT);
    gl.useProgram(program);
    gl.uniform1i(place('counts'), 0);
    gl.uniform1i(place('colours'), 1);
    gl.uniform3f(place('view'), view.scale * ratio * counts.binning, view.x * ratio, view.y * ratio);
    gl.uniform1f(place('screenHeight'), canvas.height);
    gl.uniform2f(place('limits'), limits.low, limits.high);
    gl.uniform1ui(place('masked'), counts.masked);
    gl.uniform1ui(place('saturation'), Math.min(saturation ?? 0xffffffff, 0xffffffff));
    gl.drawArrays(gl.TRIANGLES, 0, 3);
  }

  private hold(counts: Counts): void {
    if (this.held === counts) return;
    const { gl } = this;
    const wide = counts.data instanceof Uint32Array;
    gl.activeTexture(gl.TEXTURE0);
    gl.bindTexture(gl.TEXTURE_2D, this.textures.counts);
    gl.texImage2D(
      gl.TEXTURE_2D,
      0,
      wide ? gl.R32UI : gl.R16UI,
      counts.width,
      counts.height,
      0,
      gl.RED_INTEGER,
      wide ? gl.UNSIGNED_INT : gl.UNSIGNED_SHORT,
      counts.data,
    );
    unsmoothed(gl);
    this.held = counts;
  }

  private choose(map: MapName): void {
    if (this.map === map) return;
    const { gl } = this;
    gl.activeTexture(gl.TEXTURE1);
    gl.bindTexture(gl.TEXTURE_2D, this.textures.colours);
    gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGBA, 256, 1, 0, gl.RGBA, gl.UNSIGNED_BYTE, coloursOf(map));
    unsmoothed(gl);
    this.map = map;
  }
}

function unsmoothed(gl: WebGL2RenderingContext): void {
  for (const filter of [gl.TEXTURE_MIN_FILTER, gl.TEXTURE_MAG_FILTER])
    gl.texParameteri(gl.TEXTURE_2D, filter, gl.NEAREST);
  for (const side of [gl.TEXTURE_WRAP_S, gl.TEXTURE_WRAP_T]) gl.texParameteri(gl.TEXTURE_2D, side, gl.CLAMP_TO_EDGE);
}

function linked(gl: WebGL2RenderingContext): WebGLProgram {
  const program = gl.createProgram();
  for (const [kind, text] of [
    [gl.VERTEX_SHADER, VERTEX],
    [gl.FRAGMENT_SHADER, FRAGMENT],
  ] as const) {
    const shader = gl.createShader(kind);
    if (!shader) throw new Error('no shader');
    gl.shaderSource(shader, text);
    gl.compileShader(shader);
    gl.attachShader(program, shader);
  }
  gl.linkProgram(program);
  if (!gl.getProgramParameter(program, gl.LINK_STATUS)) throw new Error(gl.getProgramInfoLog(program) ?? 'no program');
  return program;
}

/** 256 colours, red, green, blue and opacity of each. */
export function coloursOf(map: MapName): Uint8Array {
  const colours = new Uint8Array(256 * 4);
  for (let tone = 0; tone < 256; tone++) {
    const grey = map === 'grey' ? 255 - tone : tone;
    colours.set(map === 'viridis' ? [...viridis(tone / 255), 255] : [grey, grey, grey, 255], tone * 4);
  }
  return colours;
}
