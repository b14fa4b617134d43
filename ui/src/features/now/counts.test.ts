import { expect, it } from 'vitest';
import type { EventType } from '@/api/types';
import { mostTellingFirst } from './counts';

it('names data collections before what prepares them, and leaves no kind out', () => {
  const types = Object.entries({ robot: 90, xrf: 8, Mesh: 60, es: 12, OSC: 3, Helical: 5 }).map(
    ([eventType, count]) => ({ eventType, count }) as EventType,
  );
  const order = ['Helical', 'OSC', 'Mesh', 'es', 'xrf', 'robot'];
  expect(mostTellingFirst(types).map(({ eventType }) => eventType)).toEqual(order);
});
