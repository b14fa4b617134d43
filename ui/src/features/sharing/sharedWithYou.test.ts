import { expect, it } from 'vitest';
import type { Sample, Share } from '@/api/types';
import { sharersOf } from './sharedWithYou';

const sample = (blSampleId: number, proteinId: number | null) =>
  ({ blSampleId, Crystal: { Protein: { proteinId } } }) as Sample;
const share = (change: Partial<Share>, withYou = true) =>
  ({ blSampleId: null, proteinId: null, sharedBy: 'Bo Sample', ...change, _metadata: { withYou } }) as Share;

it('marks a shared sample, and every sample of a shared protein', () => {
  const by = sharersOf([share({ blSampleId: 4 }), share({ proteinId: 9, sharedBy: null })]);
  expect(by(sample(4, 1))).toBe('Bo Sample');
  expect(by(sample(5, 9))).toBe('somebody');
  expect(by(sample(5, 1))).toBeNull();
});

it('does not mark what is shared with others, nor a sample whose protein is not known', () => {
  expect(sharersOf([share({ blSampleId: 4 }, false)])(sample(4, 1))).toBeNull();
  expect(sharersOf([share({ blSampleId: 3 })])(sample(4, null))).toBeNull();
});
