import { expect, it, vi } from 'vitest';
import type { Event } from '@/api/types';
import { collection, page, robot } from '@/testing/events';
import { neighbour } from './neighbours';

/** Pages of a list; `after` is the number of the page. */
function listed(...pages: Event[][]) {
  return vi.fn((after: string | null) => {
    const at = Number(after ?? 0);
    return Promise.resolve(page(pages[at] ?? [], at + 1 < pages.length ? String(at + 1) : null));
  });
}

const LIST = [[collection(9), robot(8), collection(7)], [collection(6), collection(5)], [collection(1)]];

it('finds the next older and newer collection of a session, over the ends of pages and past the robot', async () => {
  const pages = listed(...LIST);
  expect((await neighbour(pages, 9, 1))?.id).toBe(7);
  expect((await neighbour(pages, 7, 1))?.id).toBe(6);
  expect((await neighbour(pages, 6, -1))?.id).toBe(7);
  expect((await neighbour(pages, 7, -1))?.id).toBe(9);
});

it('reads no further than it has to, and knows the ends', async () => {
  const pages = listed(...LIST);
  expect(await neighbour(pages, 9, -1)).toBeNull();
  expect(pages).toHaveBeenCalledTimes(1);
  expect(await neighbour(pages, 1, 1)).toBeNull();
  expect(await neighbour(pages, 4711, 1)).toBeNull();
});

it('gives up in a session too long to be read', async () => {
  const endless = vi.fn((after: string | null) =>
    Promise.resolve(page([collection(Number(after ?? 0))], String(Number(after ?? 0) + 1))),
  );
  expect(await neighbour(endless, 4711, 1)).toBeNull();
  expect(endless).toHaveBeenCalledTimes(20);
});
