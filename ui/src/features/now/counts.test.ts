import { expect, it } from 'vitest';
import type { EventType } from '@/api/types';
import { mostTelling } from './counts';

it('names data collections before what prepares them', () => {
  const types = Object.entries({ robot: 90, Mesh: 60, es: 12, xrf: 8, OSC: 3, Helical: 5 }).map(
    ([eventType, count]) => ({ eventType, count }) as EventType,
  );
  expect(mostTelling(types, 4).map(({ eventType }) => eventType)).toEqual(['Helical', 'OSC', 'Mesh', 'es']);
});
