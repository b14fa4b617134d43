import type { EnergyScanValues, SpectrumValues } from '@/api/types';
import type { CsvRow } from '@/shared/format/csv';

/** One curve against energy. */
export interface Curve {
  name: string;
  scale: 'factor' | 'counts';
  colour: `--${string}`;
  values: (number | null)[];
}

/** Curves on one axis of energies [keV]. */
export interface Curves {
  energy: number[];
  curves: Curve[];
}

/** An energy that is marked on a plot. */
export interface Mark {
  energy: number;
  name: string;
}

const NAMES = { peak: 'peak', inflection: 'inflection', remote: 'remote' } as const;

/** f″ and f′ in front, what was counted behind; null where neither could be had. */
export function scanCurves({ measured, factors }: EnergyScanValues): Curves | null {
  if (!measured && !factors) return null;
  const energy = [...new Set([...(measured?.energy ?? []), ...(factors?.energy ?? [])])].sort((a, b) => a - b);
  const curves: Curve[] = [];
  if (measured)
    curves.push({
      name: 'counts',
      scale: 'counts',
      colour: '--text-3',
      values: onto(energy, measured.energy, measured.counts),
    });
  if (factors) {
    curves.push(
      { name: 'f″', scale: 'factor', colour: '--series-1', values: onto(energy, factors.energy, factors.fDoublePrime) },
      { name: 'f′', scale: 'factor', colour: '--series-2', values: onto(energy, factors.energy, factors.fPrime) },
    );
  }
  return { energy, curves };
}

export function spectrumCurves({ measured }: SpectrumValues): Curves | null {
  if (!measured) return null;
  const values = measured.counts;
  return { energy: measured.energy, curves: [{ name: 'counts', scale: 'counts', colour: '--series-1', values }] };
}

/** The edge, and the energies to choose from, as far as the plot reaches. */
export function scanMarks({ edgeEnergy, choices }: EnergyScanValues, { energy }: Curves): Mark[] {
  const [first = 0, last = 0] = [energy[0], energy.at(-1)];
  const edge = edgeEnergy === null ? [] : [{ energy: edgeEnergy, name: 'edge' }];
  return [...edge, ...choices.map(({ kind, energy: at }) => ({ energy: at, name: NAMES[kind] }))].filter(
    ({ energy: at }) => at >= first && at <= last,
  );
}

/** Values of a curve on another axis, null where it has none. */
function onto(axis: number[], own: number[], values: number[]): (number | null)[] {
  const known = new Map(own.map((energy, index) => [energy, values[index] ?? null]));
  return axis.map((energy) => known.get(energy) ?? null);
}

/** Everything that is drawn, as a table. */
export function curvesTable({ energy, curves }: Curves): CsvRow[] {
  return [
    ['energy_keV', ...curves.map(({ name }) => name)],
    ...energy.map((at, index) => [at, ...curves.map(({ values }) => values[index] ?? null)]),
  ];
}
