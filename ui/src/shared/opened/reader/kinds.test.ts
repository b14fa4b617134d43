import { expect, it } from 'vitest';
import { kindOf } from './kinds';

it('tells by its name how a file is read', () => {
  expect(['CORRECT.LP', 'a.log', 'x.table1'].map(kindOf)).toEqual(['text', 'text', 'text']);
  expect(['summary.html', 'index.HTM'].map(kindOf)).toEqual(['report', 'report']);
  expect(['plot.png', 'a.JPEG'].map(kindOf)).toEqual(['picture', 'picture']);
  expect(['a.mtz', 'drawing.svg', 'log', 'a.html.gz'].map(kindOf)).toEqual([null, null, null, null]);
});
