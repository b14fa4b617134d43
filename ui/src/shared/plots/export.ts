import type { Quality } from '@/api/types';
import { csv, type CsvRow } from '@/shared/format/csv';
import { availableMetrics } from './metrics';

/** The indicators as a table: one line an image. */
export function indicatorTable(quality: Quality): CsvRow[] {
  const metrics = availableMetrics(quality);
  return [
    ['imageNumber', ...metrics.map(({ key }) => key)],
    ...quality.imageNumber.map((number, i) => [number, ...metrics.map(({ key }) => quality[key]?.[i] ?? null)]),
  ];
}

export function saveCsv(name: string, rows: CsvRow[]): void {
  save(name, new Blob([csv(rows)], { type: 'text/csv' }));
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
