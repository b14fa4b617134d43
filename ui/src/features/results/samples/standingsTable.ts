import type { CsvRow } from '@/shared/format/csv';
import type { ShellName } from '@/api/types';
import { MEASURES } from '../measures';
import { statisticsOf } from '../runs';
import { STAGE_WORDS, type Standing } from './standing';

const UNITS: Partial<Record<string, string>> = { Å: 'angstrom', '%': 'percent' };

/** The ranked samples as one table: the numbers of the shell on screen, with their units in the head. */
export function standingsTable(standings: Standing[], shell: ShellName): CsvRow[] {
  return [
    [
      'rank',
      'sample',
      'protein',
      'puck',
      'position',
      'state',
      'shell',
      ...MEASURES.map(({ key, unit }) => (unit ? `${key}_${UNITS[unit] ?? unit}` : key)),
      'spaceGroup',
      'a_angstrom',
      'b_angstrom',
      'c_angstrom',
      'alpha_degrees',
      'beta_degrees',
      'gamma_degrees',
      'pipeline',
      'autoProcProgramId',
    ],
    ...standings.map((standing, index) => line(standing, index + 1, shell)),
  ];
}

function line({ sample, run, stage }: Standing, rank: number, shell: ShellName): CsvRow {
  const statistics = run ? statisticsOf(run, shell) : undefined;
  const { a, b, c, alpha, beta, gamma } = run?.cell ?? {};
  return [
    run ? rank : null,
    sample.name,
    sample.Crystal.Protein.acronym,
    sample.Container.code,
    sample.location,
    STAGE_WORDS[stage],
    run ? shell : null,
    ...MEASURES.map((measure) => rounded(statistics ? measure.of(statistics) : null)),
    run?.spaceGroup ?? null,
    ...[a, b, c, alpha, beta, gamma].map((each) => each ?? null),
    run?.processingPrograms ?? null,
    run?.autoProcProgramId ?? null,
  ];
}

/** Without the digits that turning a fraction into percent leaves behind. */
function rounded(value: number | null): number | null {
  return value === null ? null : Number(value.toPrecision(6));
}
