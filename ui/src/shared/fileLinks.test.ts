import { expect, it } from 'vitest';
import { curl, minutes } from './fileLinks';

it('writes a command that a shell cannot take for more than one', () => {
  expect(curl('https://ispyb.test/f?signature=a&b', "it's $(x).cif")).toBe(
    `curl --fail -o 'it'\\''s $(x).cif' 'https://ispyb.test/f?signature=a&b'`,
  );
});

it('says how long a link works', () => {
  expect(minutes(60)).toBe('60 s');
  expect(minutes(600)).toBe('10 min');
});
