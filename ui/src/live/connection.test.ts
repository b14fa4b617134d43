import { afterEach, expect, it } from 'vitest';
import { connection } from './connection';

afterEach(() => {
  for (const session of [1, 2]) connection.live(session, 'off');
  connection.reached('api', true);
});

it('is live while every stream is, and says so when one is lost', () => {
  connection.live(1, 'live');
  connection.live(2, 'connecting');
  expect(connection.read()).toEqual({ live: 'connecting', lost: false });
  connection.live(2, 'lost');
  expect(connection.read()).toEqual({ live: 'lost', lost: true });
  connection.live(2, 'live');
  expect(connection.read()).toEqual({ live: 'live', lost: false });
});

it('stays live when one of two streams is left', () => {
  connection.live(1, 'live');
  connection.live(2, 'live');
  connection.live(2, 'off');
  expect(connection.read().live).toBe('live');
  connection.live(1, 'off');
  expect(connection.read().live).toBe('off');
});

it('does not take a stream for a service that answers again', () => {
  connection.reached('api', false);
  connection.live(1, 'live');
  expect(connection.read().lost).toBe(true);
  connection.reached('api', true);
  expect(connection.read().lost).toBe(false);
});
