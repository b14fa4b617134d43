import { expect, it } from 'vitest';
import { THIN } from '@/shared/format/numbers';
import { collection } from '@/testing/events';
import { keyNumbers } from './keyNumbers';

const written = (change: Parameters<typeof collection>[1]) =>
  Object.fromEntries(keyNumbers(collection(1, change).Item).map(({ label, value }) => [label, value]));

it('writes each number in its unit and leaves out what is unknown', () => {
  expect(
    written({
      numberOfImages: 3600,
      axisRange: 0.1,
      exposureTime: 0.01,
      resolution: 1.5,
      wavelength: 0.97625,
      flux: 1.24e12,
    }),
  ).toEqual({
    Images: `3${THIN}600 × 0.1°`,
    Exposure: `10${THIN}ms`,
    Resolution: `1.50${THIN}Å`,
    Energy: `12.70${THIN}keV`,
    Wavelength: `0.9762${THIN}Å`,
    Flux: `1.2 × 10¹²${THIN}ph/s`,
  });
});

it('counts the boxes of a grid instead of images and angle', () => {
  const GridInfo = [{ gridInfoId: 1, dataCollectionId: 1, steps_x: 18, steps_y: 12, dx_mm: 0.02, dy_mm: 0.015 }];
  expect(written({ numberOfImages: 216, resolution: 1.8, GridInfo })).toEqual({
    Boxes: '18 × 12',
    Box: `20 × 15${THIN}µm`,
  });
});
