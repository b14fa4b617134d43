import { describe, expect, it } from 'vitest';
import { ApiError } from '@/api/problem';
import type { Recipe } from '@/api/types';
import { newKey, refusalsFrom, refusalsOf, sweepsOf, toRequest, type Draft } from './draft';
import { cellParts, withCellPart } from './parameters';

const recipe: Recipe = {
  recipe: 'xia2',
  title: 'xia2',
  description: '',
  severalCollections: false,
  parameters: [
    { parameterKey: 'd_min', title: 'Limit', kind: 'number', unit: 'Å', minimum: 0.3, maximum: 50 },
    { parameterKey: 'cycles', title: 'Cycles', kind: 'integer' },
    { parameterKey: 'cell', title: 'Cell', kind: 'cell' },
    { parameterKey: 'mode', title: 'Mode', kind: 'choice', choices: ['fast', 'slow'] },
    { parameterKey: 'anomalous', title: 'Anomalous', kind: 'flag' },
  ],
};
const draft = (change: Partial<Draft> = {}): Draft => ({
  recipe: 'xia2',
  sweeps: [{ id: 1, dataCollectionId: 7, first: 1, last: 100 }],
  values: {},
  name: '',
  comment: '',
  ...change,
});
const wholes = new Map([[7, { first: 1, last: 100 }]]);
const refusalsOfValues = (values: Draft['values']) => {
  const written = draft({ values });
  return refusalsOf(written, recipe, written.sweeps, wholes);
};

describe('a request that is being written', () => {
  it('may leave everything to the pipeline', () => {
    expect(refusalsOfValues({ d_min: ' ', cell: '' })).toEqual({});
  });

  it.each([
    ['d_min', 'fine', 'Needs a number'],
    ['d_min', '0.1', 'Needs at least 0.3 Å'],
    ['d_min', '60', 'Needs at most 50 Å'],
    ['d_min', 'Infinity', 'Needs a number'],
    ['cycles', '2.5', 'Needs a whole number'],
    ['cell', '78,78,37,90,90', 'Needs six numbers: three edges [Å] and three angles [°]'],
    ['cell', '78,78,0.5,90,90,90', 'Edges are between 1 and 2000 Å'],
    ['cell', '78,78,37,90,90,180', 'Angles are between 10° and 170°'],
    ['mode', 'other', 'Is none of the choices'],
  ])('says at its field what is wrong with %s = %s', (key, value, words) => {
    expect(refusalsOfValues({ [key]: value })).toEqual({ [`value:${key}`]: words });
  });

  it('takes what fits', () => {
    const values = { d_min: '1.8', cycles: '3', cell: '78.6,78.6,37.1,90,90,90', mode: 'slow', anomalous: 'true' };
    expect(refusalsOfValues(values)).toEqual({});
  });

  it('asks for the same images once', () => {
    const sweeps = [1, 2].map((id) => ({ id, dataCollectionId: 7, first: 1, last: 50 }));
    expect(refusalsOf(draft({ sweeps }), recipe, sweeps, wholes)).toEqual({
      'sweep:2': 'These images are asked for already',
    });
  });

  it('is sent without what is empty, and with other collections only where they are merged', () => {
    const others = [...draft().sweeps, { id: 2, dataCollectionId: 8, first: 1, last: 9 }];
    const written = draft({ sweeps: others, values: { d_min: ' 2 ', mode: '', gone: '1' }, comment: ' dark ' });
    const sweeps = sweepsOf(written, recipe, 7);
    expect(toRequest(written, recipe, sweeps)).toEqual({
      recipe: 'xia2',
      displayName: null,
      comments: 'dark',
      sweeps: [{ dataCollectionId: 7, startImage: 1, endImage: 100 }],
      parameters: [{ parameterKey: 'd_min', parameterValue: '2' }],
    });
    expect(sweepsOf(written, { ...recipe, severalCollections: true }, 7)).toHaveLength(2);
  });

  it('shows what the service refused at the field that it is about', () => {
    const written = draft({ values: { mode: 'slow' } });
    const body = toRequest(written, recipe, written.sweeps);
    const errors = [
      { path: 'parameters[0].parameterValue', message: 'is one of fast' },
      { path: 'sweeps[0]', message: 'collection 7 has images 1 to 90' },
      { path: 'comments', message: 'is too long' },
      { path: 'recipe', message: 'is none of those offered here' },
    ];
    const error = new ApiError({ type: 'invalid', title: 'Invalid', status: 422, errors });
    expect(refusalsFrom(error, body, written.sweeps)).toEqual({
      'value:mode': 'Is one of fast',
      'sweep:1': 'Collection 7 has images 1 to 90',
      comment: 'Is too long',
      other: 'Is none of those offered here',
    });
  });

  it('has a key of its own', () => {
    expect(newKey()).toMatch(/^[0-9a-f]{32}$/);
    expect(newKey()).not.toBe(newKey());
  });
});

describe('a unit cell', () => {
  it('is typed in six parts or pasted as a whole', () => {
    expect(withCellPart('', 2, '37.1')).toBe(',,37.1,,,');
    expect(cellParts(',,37.1,,,')).toEqual(['', '', '37.1', '', '', '']);
    expect(withCellPart(',,37.1,,,', 2, '')).toBe('');
    expect(withCellPart('', 0, '78.6 78.6 37.1 90 90 90')).toBe('78.6,78.6,37.1,90,90,90');
    expect(withCellPart('', 0, '78,6')).toBe('78.6,,,,,');
  });
});
