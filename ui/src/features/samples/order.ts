import type { Sample } from '@/api/types';
import type { SampleOrder } from '@/app/search';

const natural = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });

const KEYS: Record<SampleOrder, (sample: Sample) => string | number> = {
  place: (sample) =>
    [sample.Container.sampleChangerLocation ?? '~', sample.Container.code ?? '~', sample.location ?? '~'].join('/'),
  name: (sample) => sample.name ?? '',
  protein: (sample) => sample.Crystal.Protein.acronym ?? '',
  collections: (sample) => -sample._metadata.datacollections,
  last: (sample) => invertedTime(sample._metadata.lastCollection),
};

/** The samples that match, in the order asked for; numbers inside names count as numbers ("x2" before "x10"). */
export function sortSamples(
  samples: Sample[],
  order: SampleOrder,
  down: boolean,
  search: string | undefined,
): Sample[] {
  const key = KEYS[order];
  const sorted = samples
    .filter((sample) => matches(sample, search))
    .sort((a, b) => compare(key(a), key(b)) || compare(KEYS.place(a), KEYS.place(b)));
  return down ? sorted.reverse() : sorted;
}

function matches(sample: Sample, search: string | undefined): boolean {
  if (!search) return true;
  const text = [sample.name, sample.code, sample.Crystal.Protein.acronym, sample.Container.code]
    .join(' ')
    .toLowerCase();
  return text.includes(search.toLowerCase());
}

function compare(a: string | number, b: string | number): number {
  return typeof a === 'number' && typeof b === 'number' ? a - b : natural.compare(String(a), String(b));
}

/** Latest first; never collected last. */
function invertedTime(iso: string | null): number {
  return iso === null ? Infinity : -Date.parse(`${iso.slice(0, 19)}Z`);
}
