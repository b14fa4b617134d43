import type { Standing } from '@/app/search';

/** What may become of collections, in the order in which it is told, with what it means. */
export const STANDINGS: { value: Standing; label: string; word: string; meaning: string }[] = [
  {
    value: 'success',
    label: 'Processed',
    word: 'processed',
    meaning: 'Processed: a program ended well, whatever became of others',
  },
  {
    value: 'failed',
    label: 'Processing failed',
    word: 'failed',
    meaning: 'Processing failed: programs failed, and none ended well, runs or waits',
  },
  {
    value: 'running',
    label: 'In process',
    word: 'in process',
    meaning: 'In process: no program has ended well yet, but one runs or waits',
  },
];
