import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { throttle } from './throttle';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it('acts once for a burst, and again for the next', () => {
  const act = vi.fn();
  const call = throttle(100, act);
  call();
  call();
  vi.advanceTimersByTime(99);
  expect(act).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);
  expect(act).toHaveBeenCalledTimes(1);
  call();
  vi.advanceTimersByTime(100);
  expect(act).toHaveBeenCalledTimes(2);
});

it('does not act after it was stopped', () => {
  const act = vi.fn();
  const call = throttle(100, act);
  call();
  call.stop();
  vi.advanceTimersByTime(500);
  expect(act).not.toHaveBeenCalled();
});
