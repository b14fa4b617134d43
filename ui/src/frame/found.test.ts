import { expect, it } from 'vitest';
import { inOrderOf, type Found } from './found';

function found(title: string, ...names: string[]): Found {
  return { id: title, title, detail: '', names: [title, ...names], link: { to: '/' } };
}
function group(name: string, ...all: Found[]) {
  return { name, found: all, whole: true };
}
const titles = (search: string, ...groups: ReturnType<typeof group>[]) =>
  inOrderOf(search, groups).map(({ name, found: [first] }) => `${name}: ${first?.title}`);

it('puts what is named exactly before what only begins so, and that before the rest', () => {
  const samples = group('Samples', found('lyso-x2b'), found('x20'), found('X2'));
  expect(inOrderOf('x2', [samples])[0]?.found.map(({ title }) => title)).toEqual(['X2', 'x20', 'lyso-x2b']);
});

it('puts the group of an exact name first: a protein before its samples', () => {
  const samples = group('Samples', found('tmpa-x1'), found('tmpa-x2'));
  const proteins = group('Proteins', found('TMPA', 'Sugar transporter'));
  expect(titles('tmpa', samples, proteins)).toEqual(['Proteins: TMPA', 'Samples: tmpa-x1']);
  expect(titles('tmpa-x2', samples, proteins)).toEqual(['Samples: tmpa-x2', 'Proteins: TMPA']);
  expect(titles('sugar transporter', samples, proteins)[0]).toBe('Proteins: TMPA');
});

it('leaves out groups without anything', () => {
  expect(titles('tm', group('Proposals'), group('Samples', found('tmpa-x1')))).toEqual(['Samples: tmpa-x1']);
});
