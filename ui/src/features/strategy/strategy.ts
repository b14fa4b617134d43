import type { Screening, ScreeningOutput, Strategy, SubWedge, Wedge } from '@/api/types';
import { energyOf } from '@/shared/format/numbers';
import type { Series } from '@/features/results/runs';

/** What a characterisation found out: of several outputs the last one that has a strategy. */
export function outputOf(screening: Screening): ScreeningOutput | undefined {
  const outputs = screening.ScreeningOutput;
  return outputs.findLast(({ ScreeningStrategy }) => ScreeningStrategy.length > 0) ?? outputs.at(-1);
}

/** A share from 0 to 1 in percent; some programs write percent right away. */
export function percent(share: number): number {
  return share > 1.5 ? share : share * 100;
}

/** All that is measured with the crystal held in one way. */
export interface Orientation {
  kappa: number;
  phi: number;
  wedges: Wedge[];
}

/** The orientations of a strategy, in the order in which they are measured. */
export function orientationsOf(strategy: Strategy): Orientation[] {
  const found = new Map<string, Orientation>();
  for (const wedge of strategy.ScreeningStrategyWedge) {
    const [kappa, phi] = [wedge.kappa ?? 0, wedge.phi ?? 0];
    const key = `${kappa}/${phi}`;
    const orientation = found.get(key) ?? { kappa, phi, wedges: [] };
    orientation.wedges.push(wedge);
    found.set(key, orientation);
  }
  return [...found.values()];
}

const SERIES: Series[] = ['--series-1', '--series-2', '--series-3', '--series-4', '--series-5', '--series-6'];

/** A colour for each energy of a strategy [keV, to 1 eV]. */
export function coloursOf(strategy: Strategy): Map<string, Series> {
  const energies = new Set(strategy.ScreeningStrategyWedge.map(energyKey));
  return new Map([...energies].map((energy, index) => [energy, SERIES[index % SERIES.length] ?? '--series-1']));
}

/** The energy of a wedge as it is told [keV]; empty where nobody said. */
export function energyKey({ wavelength }: Wedge): string {
  return wavelength ? energyOf(wavelength).toFixed(3) : '';
}

/** The turns of a wedge; of a strategy without parts, the turn of the strategy itself. */
export function turnsOf(wedge: Wedge): [number, number][] {
  return wedge.ScreeningStrategySubWedge.filter(hasTurn).map(({ axisStart, axisEnd }) => [axisStart, axisEnd]);
}

function hasTurn(part: SubWedge): part is SubWedge & { axisStart: number; axisEnd: number } {
  return typeof part.axisStart === 'number' && typeof part.axisEnd === 'number';
}

/** Sum of what each wedge has; null when none says. */
export function total(wedges: Wedge[], of: (wedge: Wedge) => number | null | undefined): number | null {
  const known = wedges.map(of).filter((value) => typeof value === 'number');
  return known.length > 0 ? known.reduce((sum, value) => sum + value, 0) : null;
}

/** The outline of an arc from one angle to another [degrees, clockwise from the top]; a whole turn is closed. */
export function arc(from: number, to: number, radius: number): string {
  const sweep = to - from;
  if (Math.abs(sweep) >= 359.99)
    return `M0 ${-radius}A${radius} ${radius} 0 1 1 0 ${radius}A${radius} ${radius} 0 1 1 0 ${-radius}`;
  const [x1, y1] = onCircle(from, radius);
  const [x2, y2] = onCircle(to, radius);
  return `M${x1} ${y1}A${radius} ${radius} 0 ${Math.abs(sweep) > 180 ? 1 : 0} ${sweep > 0 ? 1 : 0} ${x2} ${y2}`;
}

function onCircle(angle: number, radius: number): [number, number] {
  const radians = (angle * Math.PI) / 180;
  return [round(radius * Math.sin(radians)), round(-radius * Math.cos(radians))];
}

function round(value: number): number {
  return Number(value.toFixed(3)) + 0;
}
