import type { RankingRule, ShellName } from '@/api/types';
import type { Rank } from '@/app/search';
import { significant, withUnit } from '@/shared/format/numbers';

const NAMES: Record<RankingRule['metric'], string> = {
  resolution: 'resolution limit',
  resIOverSigI2: 'resolution at which I/σ(I) falls to 2',
  ccHalf: 'CC½',
  completeness: 'completeness',
  rMeas: 'Rmeas',
  rMerge: 'Rmerge',
  rPim: 'Rpim',
  meanIOverSigI: 'I/σ(I)',
  multiplicity: 'multiplicity',
};

export const SHELL_WORDS: Record<ShellName, string> = {
  overall: 'overall',
  innerShell: 'inner shell',
  outerShell: 'outer shell',
};

const RESOLUTIONS = new Set(['resolution', 'resIOverSigI2']);
const LOWER = new Set(['rMeas', 'rMerge', 'rPim']);
const FRACTIONS = new Set(['ccHalf', 'rMeas', 'rMerge', 'rPim']);

/** What a rule compares: "highest completeness", "lowest Rmeas in the inner shell", "finest resolution limit". */
export function ruleWords({ metric, shell, better }: RankingRule): string {
  const which = RESOLUTIONS.has(metric) ? 'finest' : better === 'lower' ? 'lowest' : 'highest';
  const where = shell === 'overall' ? '' : ` in the ${SHELL_WORDS[shell]}`;
  return `${which} ${NAMES[metric]}${where}`;
}

/** What results may be ranked by first, in the same words. */
export function rankWords(rank: Rank): string {
  const [metric, shell = 'overall'] = rank.split(':') as [RankingRule['metric'], ShellName?];
  return ruleWords({ metric, shell, better: LOWER.has(metric) ? 'lower' : 'higher', step: 0 });
}

/** Which differences a rule takes for none: "0.05 Å", "2 %", "0.5". */
export function stepWords({ metric, step }: RankingRule): string {
  if (RESOLUTIONS.has(metric)) return withUnit(significant(step), 'Å');
  if (FRACTIONS.has(metric)) return withUnit(significant(step * 100), '%');
  return metric === 'completeness' ? withUnit(significant(step), '%') : significant(step);
}
