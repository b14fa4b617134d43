// @vitest-environment jsdom
import { act, fireEvent, renderHook } from '@testing-library/react';
import { expect, it } from 'vitest';
import { useTapped } from './useTapped';

it('forgets what was tapped when something else is touched, or the page moves', () => {
  const { result } = renderHook(useTapped);
  const tap = () => act(() => result.current.setTapped({ image: 7, at: { x: 10, y: 20 } }));
  tap();
  expect(result.current.tapped?.image).toBe(7);
  fireEvent.pointerDown(document.body);
  expect(result.current.tapped).toBeNull();
  tap();
  fireEvent.scroll(document.body);
  expect(result.current.tapped).toBeNull();
});
