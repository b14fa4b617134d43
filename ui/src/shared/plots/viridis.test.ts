import { expect, it } from 'vitest';
import { viridis } from './viridis';

it('runs from dark violet to yellow and grows lighter all the way', () => {
  expect(viridis(0)).toEqual([68, 1, 84]);
  expect(viridis(1)).toEqual([253, 231, 37]);
  expect(viridis(-3)).toEqual(viridis(0));
  expect(viridis(7)).toEqual(viridis(1));
  const light = Array.from({ length: 50 }, (_, i) => {
    const [red, green, blue] = viridis(i / 49);
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  });
  expect(light.every((value, i) => i === 0 || value > (light[i - 1] ?? 0))).toBe(true);
});
