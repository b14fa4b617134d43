import { describe, expect, it } from 'vitest';
import { eventsSearch, loginSearch, sessionsSearch } from './search';

describe('addresses', () => {
  it('keep what selects and drop what is empty or not understood', () => {
    expect(eventsSearch({ kind: 'OSC', status: 'failed', sample: 77, search: 'lyso', other: 1 })).toEqual({
      kind: 'OSC',
      status: 'failed',
      sample: 77,
      search: 'lyso',
    });
    expect(eventsSearch({ kind: '', status: 'maybe', sample: -1, search: ' ' })).toEqual({});
    expect(sessionsSearch({ when: 'past', year: 2025, beamline: 'BL1' })).toEqual({
      when: 'past',
      year: 2025,
      beamline: 'BL1',
    });
  });

  it('take a number in the text field for text', () => {
    expect(eventsSearch({ search: 12 })).toEqual({ search: '12' });
  });

  it.each(['https://elsewhere.test/', '//elsewhere.test/', 'sessions', ''])(
    'never lead away after log-in: %s',
    (next) => {
      expect(loginSearch({ next })).toEqual({});
    },
  );

  it('lead back to the page asked for', () => {
    expect(loginSearch({ next: '/sessions/12?kind=OSC' })).toEqual({ next: '/sessions/12?kind=OSC' });
  });
});
