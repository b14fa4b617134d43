import { describe, expect, it } from 'vitest';
import { actionWords, changesOf, nameWords, objectWords, subjectWords } from './words';

describe('what changed', () => {
  it('sets old beside new and leaves out what stayed', () => {
    expect(changesOf({ old: { title: 'a', state: 'Open' }, new: { title: 'b', state: 'Open' } })).toEqual([
      { name: 'title', old: 'a', new: 'b' },
    ]);
    expect(changesOf({ old: null, new: 'Shutdown' })).toEqual([{ name: '', old: '–', new: 'Shutdown' }]);
  });

  it('tells what is new, or what was lost, without an arrow', () => {
    expect(changesOf({ new: { name: 'MX staff' } })).toEqual([{ name: 'name', value: 'MX staff' }]);
    expect(changesOf({ old: { permissions: ['bl_mx', 'bl_em'] } })).toEqual([
      { name: 'permissions', value: 'bl_mx, bl_em' },
    ]);
  });

  it('reads people, lists, yes and no', () => {
    expect(changesOf({ name: 'MX staff', person: { personId: 4, login: 'ada' }, bag: true, empty: null })).toEqual([
      { name: 'name', value: 'MX staff' },
      { name: 'person', value: 'ada' },
      { name: 'bag', value: 'yes' },
    ]);
    expect(changesOf(null)).toEqual([]);
  });
});

it('keeps the word of an action it does not know', () => {
  expect(actionWords('key.revoke')).toBe('Key revoked');
  expect(actionWords('something.new')).toBe('something.new');
  expect(subjectWords('key:3')).toBe('key 3');
  expect(objectWords('login')).toBe('log-in');
  expect(nameWords('plugin')).toBe('by way of');
  expect(nameWords('scopes')).toBe('scopes');
});
