import { describe, expect, it } from 'vitest';
import { collection, list, page, robot } from '@/testing/events';
import { applyChange, patchInPlace, rowsOf, showNew, unseen, withSaid } from './merge';

const ids = (rows: { type: string; id: number }[]) => rows.map((row) => `${row.type}${row.id}`);

describe('a list that is kept up to date', () => {
  it('tells new rows from known ones', () => {
    const shown = list([robot(3), collection(2)], [collection(1)]);
    expect(ids(unseen(shown, [robot(5), collection(4), robot(3), collection(2)]))).toEqual(['robot5', 'dc4']);
  });

  it('takes a newer member of a known group for new', () => {
    const shown = list([collection(2), collection(1, { dataCollectionGroupId: 90 })]);
    expect(ids(unseen(shown, [collection(3, { dataCollectionGroupId: 90 }), collection(2)]))).toEqual(['dc3']);
  });

  it('does not mix up a robot action and a collection of the same number', () => {
    expect(ids(unseen(list([collection(7)]), [robot(7), collection(7)]))).toEqual(['robot7']);
  });

  it('puts new rows on top and leaves the rest where it is', () => {
    const shown = list([collection(3), collection(2)], [collection(1)]);
    const after = showNew(shown, page([collection(4), collection(3), collection(2)], 'more'));
    expect(ids(rowsOf(after))).toEqual(['dc4', 'dc3', 'dc2', 'dc1']);
    expect(after.pageParams).toEqual(shown.pageParams);
    expect(after.pages[1]).toEqual(shown.pages[1]);
  });

  it('puts what a filter leaves only now where it belongs, and below it what no longer matches', () => {
    const shown = list([collection(9), collection(7), collection(6)], [collection(2), collection(1)]);
    const head = page([collection(9), collection(8), collection(6), collection(5), collection(1)], null);
    expect(ids(rowsOf(showNew(shown, head)))).toEqual(['dc9', 'dc8', 'dc7', 'dc6', 'dc5', 'dc2', 'dc1']);
  });

  it('moves a group up instead of showing it twice', () => {
    const shown = list([collection(3)], [collection(1, { dataCollectionGroupId: 90 })]);
    const newest = collection(4, { dataCollectionGroupId: 90 });
    expect(ids(rowsOf(showNew(shown, page([newest, collection(3)], 'more'))))).toEqual(['dc4', 'dc3']);
  });

  it('starts again when more is new than the head reaches back', () => {
    const shown = list([collection(2)], [collection(1)]);
    const head = page([collection(9), collection(8)], 'after-8');
    expect(showNew(shown, head)).toEqual({ pages: [head], pageParams: [null] });
  });

  it('shows the first rows of a session that was empty', () => {
    expect(ids(rowsOf(showNew(list([]), page([collection(1)]))))).toEqual(['dc1']);
  });

  it('patches what changed in place and keeps the identity of what did not', () => {
    const shown = list([collection(2), collection(1)]);
    const changed = collection(1, { comments: 'ice' });
    const after = patchInPlace(shown, [changed]);
    expect(rowsOf(after)[1]).toBe(changed);
    expect(rowsOf(after)[0]).toBe(rowsOf(shown)[0]);
    expect(patchInPlace(shown, [])).toBe(shown);
  });

  it('applies a state that the stream tells', () => {
    const shown = list([collection(2, { numberOfImages: null }), collection(1)]);
    const after = applyChange(shown, {
      dataCollectionId: 2,
      state: 'failed',
      endTime: '2026-11-22T15:00:00',
      numberOfImages: 42,
    });
    const [first, second] = rowsOf(after);
    expect(first).toMatchObject({
      endTime: '2026-11-22T15:00:00',
      Item: { numberOfImages: 42, _metadata: { state: 'failed' } },
    });
    expect(second).toBe(rowsOf(shown)[1]);
  });

  it('keeps the end that is known when the stream does not tell one', () => {
    const after = applyChange(list([collection(2)]), {
      dataCollectionId: 2,
      state: 'done',
      endTime: null,
      numberOfImages: null,
    });
    expect(rowsOf(after)[0]).toMatchObject({ endTime: '2026-11-22T14:02:30', Item: { numberOfImages: 100 } });
  });

  it('lists a group once that moved up while the list was being continued', () => {
    const newer = collection(5, { dataCollectionGroupId: 90 });
    const older = collection(1, { dataCollectionGroupId: 90 });
    expect(ids(rowsOf(list([newer], [older])))).toEqual(['dc5']);
  });

  it('shows at once what was said of a collection, and leaves the others as they are', () => {
    const shown = list([collection(2)], [collection(1)]);
    const after = withSaid(shown, 1, { comments: 'split' });
    expect(rowsOf(after)[1]).toMatchObject({ Item: { comments: 'split', _metadata: { favourite: false } } });
    expect(after.pages[0]).toBe(shown.pages[0]);
    const marked = withSaid(after, 1, { favourite: true });
    expect(rowsOf(marked)[1]).toMatchObject({ Item: { comments: 'split', _metadata: { favourite: true } } });
  });
});
