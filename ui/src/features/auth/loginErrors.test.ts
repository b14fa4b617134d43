import { expect, it } from 'vitest';
import { loginError, waitWords } from './loginErrors';

it('has a sentence for every word the service puts into the address, and for one it does not know', () => {
  const titles = ['denied', 'expired', 'refused', 'unavailable', 'unknown-person', 'what?'].map(
    (word) => loginError(word).title,
  );
  expect(new Set(titles).size).toBe(6);
  expect(titles[5]).toBe('The log-in did not work');
});

it('says how long to wait', () => {
  expect(waitWords(45)).toBe('45 s');
  expect(waitWords(60)).toBe('1 min');
  expect(waitWords(125)).toBe('2 min 5 s');
});
