import { expect, it } from 'vitest';
import type { CurrentUser } from '@/api/types';
import { adminPlaces } from './places';

function user(change: Partial<CurrentUser>): CurrentUser {
  return {
    personId: 1,
    login: 'x',
    givenName: null,
    familyName: null,
    Permissions: [],
    beamLineGroups: [],
    beamLines: [],
    ...change,
  };
}
const names = (of: Partial<CurrentUser>) => adminPlaces(user(of)).map(({ name }) => name);

it('shows nobody more of the administration than they may use', () => {
  expect(adminPlaces(undefined)).toEqual([]);
  expect(names({})).toEqual([]);
  expect(names({ Permissions: ['all_proposals'] })).toEqual([]);
  expect(names({ Permissions: ['view_activity'] })).toEqual(['Activity']);
  expect(names({ Permissions: ['manage_groups'] })).toEqual(['Groups', 'Permissions', 'People', 'Beamlines']);
});

it('gives staff the keys of their beamlines', () => {
  expect(names({ beamLines: ['BL1-MX'] })).toEqual(['Keys']);
});
