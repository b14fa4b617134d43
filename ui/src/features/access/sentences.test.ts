import { expect, it } from 'vitest';
import { mayWords } from './sentences';

it('says what somebody may do beyond seeing', () => {
  expect(mayWords(['see'])).toBe('You may read it, and change nothing.');
  expect(mayWords(['see', 'comment'])).toBe('You may also remark on it.');
  expect(mayWords(['see', 'comment', 'change', 'share'])).toBe('You may also remark on it, change it and share it.');
});

it('keeps a word of the service that it does not know', () => {
  expect(mayWords(['see', 'archive'])).toBe('You may also archive.');
});
