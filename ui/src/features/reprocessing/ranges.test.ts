import { describe, expect, it } from 'vitest';
import { along, imageAt, imagesOf, moved, refusalOf, spanned, steppedBy, type Sweep } from './ranges';

const whole = { first: 101, last: 300 };
const sweep = (first: number | '', last: number | ''): Sweep => ({ id: 1, dataCollectionId: 7, first, last });

describe('a range of images', () => {
  it('lies within those that there are, and its ends do not pass each other', () => {
    expect(moved(sweep(120, 200), 'first', 20, whole)).toMatchObject({ first: 101, last: 200 });
    expect(moved(sweep(120, 200), 'first', 250, whole)).toMatchObject({ first: 200, last: 200 });
    expect(moved(sweep(120, 200), 'last', 110, whole)).toMatchObject({ first: 120, last: 120 });
    expect(moved(sweep(120, ''), 'first', 310, whole)).toMatchObject({ first: 300 });
  });

  it('is dragged over the plot from either side', () => {
    expect(spanned(sweep(101, 300), 250.4, 150.6, whole)).toMatchObject({ first: 151, last: 250 });
  });

  it('stands at the same place of the plot in both directions', () => {
    for (const image of [101, 150, 300]) expect(imageAt(along(image, whole), whole)).toBe(image);
    expect(imageAt(1.4, whole)).toBe(300);
    expect(along(5, { first: 5, last: 5 })).toBe(0.5);
  });

  it('is moved by keys', () => {
    expect(steppedBy('ArrowLeft', 150, whole)).toBe(149);
    expect(steppedBy('PageUp', 150, whole)).toBe(160);
    expect(steppedBy('End', 150, whole)).toBe(300);
    expect(steppedBy('a', 150, whole)).toBeNull();
  });

  it('is refused where something is missing, turned round or not there', () => {
    expect(refusalOf(sweep(101, 300), whole)).toBeNull();
    expect(refusalOf(sweep('', 300), whole)).toMatch(/first and a last/);
    expect(refusalOf(sweep(200, 150), whole)).toMatch(/before the first/);
    expect(refusalOf(sweep(1, 300), whole)).toBe('There are images 101 to 300');
    expect(refusalOf(sweep(1, 5000), null)).toBeNull();
  });

  it('is unknown where nobody said how many images there are', () => {
    expect(imagesOf({ startImageNumber: 101, numberOfImages: 200 })).toEqual(whole);
    expect(imagesOf({ startImageNumber: null, numberOfImages: 10 })).toEqual({ first: 1, last: 10 });
    expect(imagesOf({ startImageNumber: 1, numberOfImages: null })).toBeNull();
  });
});
