import { expect, it } from 'vitest';
import { inOrder } from './kinds';

it('puts kinds into one order whatever order they come in', () => {
  const names = ['Grid scan', 'Energy scan', 'Characterisation', 'Rotation', 'brand new'];
  expect(inOrder(['OSC', 'brand new', 'Characterization', 'Mesh', 'es']).map(({ name }) => name)).toEqual(names);
  expect(inOrder(['es', 'Mesh', 'OSC', 'Characterization', 'brand new']).map(({ name }) => name)).toEqual(names);
});
