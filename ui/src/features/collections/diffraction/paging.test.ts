import { expect, it } from 'vitest';
import { pagedTo } from './paging';

it('goes a twentieth of the images further, at least ten, and not past the ends', () => {
  expect(pagedTo('PageUp', 12, 1, 3600)).toBe(192);
  expect(pagedTo('PageDown', 212, 1, 3600)).toBe(32);
  expect(pagedTo('PageUp', 12, 1, 100)).toBe(22);
  expect(pagedTo('PageDown', 12, 5, 100)).toBe(5);
  expect(pagedTo('PageUp', 95, 1, 100)).toBe(100);
  expect(pagedTo('ArrowUp', 95, 1, 100)).toBeNull();
});
