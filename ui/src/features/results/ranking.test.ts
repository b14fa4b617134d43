import { expect, it } from 'vitest';
import { rankWords, ruleWords, stepWords } from './ranking';

it.each([
  [{ metric: 'resolution', shell: 'overall', better: 'lower', step: 0.05 }, 'finest resolution limit', '0.05\u202fÅ'],
  [{ metric: 'completeness', shell: 'overall', better: 'higher', step: 2 }, 'highest completeness', '2\u202f%'],
  [
    { metric: 'ccHalf', shell: 'outerShell', better: 'higher', step: 0.02 },
    'highest CC½ in the outer shell',
    '2\u202f%',
  ],
  [
    { metric: 'rMeas', shell: 'innerShell', better: 'lower', step: 0.005 },
    'lowest Rmeas in the inner shell',
    '0.5\u202f%',
  ],
  [{ metric: 'multiplicity', shell: 'overall', better: 'higher', step: 0.5 }, 'highest multiplicity', '0.5'],
] as const)('says a rule in words', (rule, words, step) => {
  expect([ruleWords(rule), stepWords(rule)]).toEqual([words, step]);
});

it('names what results may be ranked by in the words of the rule', () => {
  expect(rankWords('resolution')).toBe('finest resolution limit');
  expect(rankWords('ccHalf:outerShell')).toBe('highest CC½ in the outer shell');
  expect(rankWords('rMeas:innerShell')).toBe('lowest Rmeas in the inner shell');
});
