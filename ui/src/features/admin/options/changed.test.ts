import { expect, it } from 'vitest';
import { changed } from './changed';

const was = { motd: 'Shutdown on Monday', contact: '', helpUrl: '' };

it('sends nothing that nobody changed', () => {
  expect(changed(was, { ...was })).toBeNull();
  expect(changed(was, { ...was, motd: 'Shutdown on Monday  ' })).toBeNull();
});

it('sends an emptied text as empty, which is no message', () => {
  expect(changed(was, { ...was, motd: ' ' })).toEqual({ motd: '' });
  expect(changed(was, { ...was, contact: ' User office ' })).toEqual({ contact: 'User office' });
});
