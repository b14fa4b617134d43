import { describe, expect, it } from 'vitest';
import { collectionSearch, eventsSearch, leaveCollection, leaveStructure, loginSearch, sessionsSearch } from './search';

describe('addresses', () => {
  it('keep what selects and drop what is empty or not understood', () => {
    expect(eventsSearch({ kind: 'OSC', status: 'failed', sample: 77, search: 'lyso', other: 1 })).toEqual({
      kind: 'OSC',
      status: 'failed',
      sample: 77,
      search: 'lyso',
    });
    expect(eventsSearch({ processing: 'failed' })).toEqual({ processing: 'failed' });
    expect(eventsSearch({ processing: 'none' })).toEqual({ processing: 'none' });
    expect(eventsSearch({ favourite: true })).toEqual({ favourite: true });
    expect(eventsSearch({ favourite: 'yes' })).toEqual({});
    expect(eventsSearch({ kind: '', status: 'maybe', processing: 'done', sample: -1, search: ' ' })).toEqual({});
    expect(sessionsSearch({ when: 'past', year: 2025, beamline: 'BL1' })).toEqual({
      when: 'past',
      year: 2025,
      beamline: 'BL1',
    });
  });

  it('keep how a structure is shown until it is closed', () => {
    const open = { image: 4, structure: 'run-12', viewer: 'model', ligand: 'GOL A 301', file: 'structure-1' };
    expect(collectionSearch({ ...open, blob: 0 })).toEqual(open);
    expect(collectionSearch({ ...open, viewer: 'other' })).toEqual({ ...open, viewer: undefined });
    expect(collectionSearch(leaveStructure(open))).toEqual({ image: 4 });
  });

  it('leave what is asked or written of one collection behind with it', () => {
    const open = { rank: 'ccHalf:outerShell', image: 4, reprocess: 'xia2', comment: true };
    expect(collectionSearch(open)).toEqual(open);
    expect(collectionSearch(leaveCollection(open))).toEqual({ rank: 'ccHalf:outerShell' });
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
