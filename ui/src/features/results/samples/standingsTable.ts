import type { CsvRow } from '@/shared/format/csv';
import type { ShellName } from '@/api/types';
import { ALL_MEASURES, inSphere, measureOf, type Measure } from '../measures';
import { statisticsOf } from '../runs';
import { difference, type Compared } from './compare';
import { STAGE_WORDS } from './standing';

const UNITS: Partial<Record<string, string>> = { Å: 'angstrom', '%': 'percent' };

/** The other pipeline, and the measure by which the two are compared. */
interface Against {
  name: string;
  measure: Measure;
}

/** The ranked samples as one table: the numbers of the shell on screen, with their units in the head. */
export function standingsTable(standings: Compared[], shell: ShellName, against?: Against): CsvRow[] {
  return [
    [
      'rank',
      'sample',
      'protein',
      'puck',
      'position',
      'state',
      'shell',
      ...ALL_MEASURES.map(headOf),
      // Of anisotropic data the completeness is that in the ellipsoid; empty where one number says it all.
      'completeness_in_sphere_percent',
      'spaceGroup',
      'a_angstrom',
      'b_angstrom',
      'c_angstrom',
      'alpha_degrees',
      'beta_degrees',
      'gamma_degrees',
      'pipeline',
      'autoProcProgramId',
      ...(against ? ['other_pipeline', `other_${headOf(against.measure)}`, 'difference'] : []),
    ],
    ...standings.map((standing, index) => [
      ...line(standing, index + 1, shell),
      ...(against ? [against.name, rounded(standing.other?.value ?? null), rounded(difference(standing))] : []),
    ]),
  ];
}

function headOf({ key, unit }: Measure): string {
  return unit ? `${key}_${UNITS[unit] ?? unit}` : key;
}

function line({ sample, run, stage }: Compared, rank: number, shell: ShellName): CsvRow {
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
    ...ALL_MEASURES.map((measure) => rounded(statistics ? measure.of(statistics) : null)),
    rounded(inSphere(measureOf('completeness'), statistics)),
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
