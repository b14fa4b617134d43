import type { Quality } from '@/api/types';
import { availableMetrics } from './metrics';

/** The indicators as a table: one line an image, an empty field where nothing is known. */
export function csvOf(quality: Quality): string {
  const metrics = availableMetrics(quality);
  const head = ['imageNumber', ...metrics.map(({ key }) => key)].join(',');
  const lines = quality.imageNumber.map((number, i) =>
    [number, ...metrics.map(({ key }) => quality[key]?.[i] ?? '')].join(','),
  );
  return [head, ...lines].join('\r\n') + '\r\n';
}

export function saveCsv(name: string, quality: Quality): void {
  save(name, new Blob([csvOf(quality)], { type: 'text/csv' }));
}

/** Saves what a canvas shows, on the page's own background instead of a transparent one. */
export function savePng(name: string, canvas: HTMLCanvasElement): void {
  const sheet = document.createElement('canvas');
  sheet.width = canvas.width;
  sheet.height = canvas.height;
  const context = sheet.getContext('2d');
  if (!context) return;
  context.fillStyle = getComputedStyle(document.documentElement).getPropertyValue('--surface').trim();
  context.fillRect(0, 0, sheet.width, sheet.height);
  context.drawImage(canvas, 0, 0);
  sheet.toBlob((blob) => blob && save(name, blob), 'image/png');
}

function save(name: string, blob: Blob): void {
  const address = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  URL.revokeObjectURL(address);
}
