import type { DataCollection, EnergyScanEvent, Run } from '@/api/types';
import { energyOf, fixed, withUnit } from '@/shared/format/numbers';

/** Energies [keV] nearer than this are one: a monochromator is not set more precisely. */
const SAME = 0.0005;
/** How near the energy of a collection is to the peak or inflection it was meant for [keV]. */
const MEANT = 0.001;
/** From here on [keV] an energy is away from the edge. */
const REMOTE = 0.03;

type Scan = Pick<EnergyScanEvent['Item'], 'peakEnergy' | 'inflectionEnergy'>;

/** The groups whose runs one cannot tell apart: one pipeline ran on several of their collections. */
export function mixedGroups(runs: Run[]): number[] {
  const seen = new Map<string, string>();
  const mixed = new Set<number>();
  for (const { pipeline, dataCollectionIds, dataCollectionGroupIds } of runs) {
    for (const group of dataCollectionGroupIds) {
      const on = dataCollectionIds.join();
      if ((seen.get(`${group} ${pipeline}`) ?? on) !== on) mixed.add(group);
      seen.set(`${group} ${pipeline}`, on);
    }
  }
  return [...mixed];
}

/**
 * What tells each collection of a group from the others, by its key: "peak 12.659 keV", "12.958 keV", or its number
 * where all have one wavelength. Nothing for a collection alone. In `short`, an energy that has a name is just named.
 */
export function tellApart(group: DataCollection[], scans: Scan[], short = false): Map<number, string> {
  if (group.length < 2) return new Map();
  if (!differInEnergy(group)) {
    return new Map(
      group.map((each) => [each.dataCollectionId, `#${each.dataCollectionNumber ?? each.dataCollectionId}`]),
    );
  }
  const names = namesOf(energiesOf(group), scans);
  return new Map(
    group.flatMap(({ dataCollectionId, wavelength }) => {
      if (!wavelength) return [];
      const energy = energyOf(wavelength);
      const [name, value] = [names(energy), withUnit(fixed(energy, 3), 'keV')];
      return [[dataCollectionId, name === null ? value : short ? name : `${name} ${value}`]];
    }),
  );
}

/** Whether collections were made at several energies, as those of a MAD experiment. */
export function differInEnergy(group: DataCollection[]): boolean {
  const energies = energiesOf(group);
  return Math.max(...energies) - Math.min(...energies) > SAME;
}

function energiesOf(group: DataCollection[]): number[] {
  return group.flatMap(({ wavelength }) => (wavelength ? [energyOf(wavelength)] : []));
}

/** How the energies of a group are named: by the scan whose peak and inflection they fit best. */
function namesOf(energies: number[], scans: Scan[]): (energy: number) => string | null {
  let best: Scan | null = null;
  let least = Infinity;
  for (const scan of scans) {
    const off = energies.map((energy) => Math.min(MEANT, ...nearPoints(scan, energy).map(([, away]) => away)));
    const sum = off.reduce((total, each) => total + each, 0);
    if (sum < least && off.some((each) => each < MEANT)) [best, least] = [scan, sum];
  }
  const scan = best;
  if (!scan) return () => null;
  const edge = scan.peakEnergy ?? scan.inflectionEnergy ?? 0;
  return (energy) => {
    const [nearest] = nearPoints(scan, energy).sort(([, a], [, b]) => a - b);
    if (nearest && nearest[1] < MEANT) return nearest[0];
    if (Math.abs(energy - edge) < REMOTE) return null;
    return energy > edge ? 'remote' : 'low remote';
  };
}

function nearPoints({ peakEnergy, inflectionEnergy }: Scan, energy: number): [string, number][] {
  const points: [string, number | null][] = [
    ['peak', peakEnergy],
    ['inflection', inflectionEnergy],
  ];
  return points.flatMap(([name, at]) => (at === null ? [] : [[name, Math.abs(at - energy)]]));
}
