import { expect, it } from 'vitest';
import { laboratoriesToChoose, peopleToChoose } from './receivers';

function person(personId: number, givenName: string, laboratoryId: number | null, laboratory: string | null) {
  return { personId, givenName, familyName: 'Example', laboratoryId, laboratory, because: [] };
}
const people = [
  person(1, 'Ada', 7, 'Institute'),
  person(2, 'Bo', 9, 'University'),
  person(3, 'Cleo', 9, 'University'),
  person(4, 'Dag', 8, 'Centre'),
  person(5, 'Elin', null, null),
];

it('offers everybody of the proposal but oneself', () => {
  expect(peopleToChoose(people, 1).map(({ label }) => label)).toEqual([
    'Bo Example · University',
    'Cleo Example · University',
    'Dag Example · Centre',
    'Elin Example',
  ]);
});

it('offers every other laboratory once', () => {
  expect(laboratoriesToChoose(people, 1)).toEqual([
    { value: '8', label: 'Centre' },
    { value: '9', label: 'University' },
  ]);
});
