import { expect, it } from 'vitest';
import type { ProcessingRequest } from '@/api/types';
import { imagesWords, nameOf, parameterWords, shownFirst } from './requests';

const request = (processingJobId: number, state: ProcessingRequest['state']) =>
  ({ processingJobId, state }) as ProcessingRequest;
const sweep = (startImage: number, endImage: number) => ({
  dataCollectionId: 1,
  startImage,
  endImage,
  imageDirectory: null,
  fileTemplate: null,
});

it('shows every request that is open and the newest that are over, in their order', () => {
  const requests = [
    request(5, 'success'),
    request(4, 'waiting'),
    request(3, 'failed'),
    request(2, 'cancelled'),
    request(1, 'running'),
  ];
  expect(shownFirst(requests, 2).map(({ processingJobId }) => processingJobId)).toEqual([5, 4, 3, 1]);
});

it('tells the images of one range, and how many there are in several', () => {
  expect(imagesWords([sweep(3, 90)])).toBe('images 3–90');
  expect(imagesWords([sweep(1, 10), sweep(21, 30)])).toBe('20 images');
});

it('words parameters as the recipe does, and knows what to say of others', () => {
  const recipe = {
    recipe: 'x',
    title: 'x',
    description: '',
    severalCollections: false,
    parameters: [
      { parameterKey: 'd_min', title: 'High resolution limit', kind: 'number' as const, unit: 'Å' },
      { parameterKey: 'anomalous', title: 'Anomalous', kind: 'flag' as const },
    ],
  };
  expect(parameterWords({ d_min: '1.9', anomalous: 'true', other: 'a,b' }, recipe)).toEqual([
    'High resolution limit: 1.9 Å',
    'Anomalous: yes',
    'other: a, b',
  ]);
});

it('is called by its own name, by the title of its recipe, or by what is known', () => {
  const recipe = { recipe: 'auto-x', title: 'X', description: '', severalCollections: false };
  const unnamed = { processingJobId: 4, displayName: 'auto-x', recipe: 'auto-x' } as ProcessingRequest;
  expect(nameOf({ ...unnamed, displayName: 'Mine' }, recipe)).toBe('Mine');
  expect(nameOf(unnamed, recipe)).toBe('X');
  expect(nameOf(unnamed, undefined)).toBe('auto-x');
  expect(nameOf({ ...unnamed, displayName: null, recipe: null }, undefined)).toBe('Request 4');
});
