import { describe, expect, it } from 'vitest';
import { fit, imagePoint, moved, zoomed } from './view';

const IMAGE = { width: 400, height: 200 };
const SCREEN = { width: 100, height: 100 };

describe('the view of an image', () => {
  it('begins with all of it, in the middle', () => {
    expect(fit(IMAGE, SCREEN)).toEqual({ scale: 0.25, x: 0, y: 25 });
  });
  it('keeps in place what is zoomed at', () => {
    const at = { x: 40, y: 50 };
    const whole = fit(IMAGE, SCREEN);
    const near = zoomed(whole, 8, at, IMAGE, SCREEN);
    expect(imagePoint(near, at)).toEqual(imagePoint(whole, at));
    expect(near.scale).toBe(2);
  });
  it('never gets smaller than the whole, nor larger than pixels one can count', () => {
    expect(zoomed(fit(IMAGE, SCREEN), 0.1, { x: 0, y: 0 }, IMAGE, SCREEN)).toEqual(fit(IMAGE, SCREEN));
    expect(zoomed(fit(IMAGE, SCREEN), 1e6, { x: 0, y: 0 }, IMAGE, SCREEN).scale).toBe(60);
  });
  it('does not lose the image from the screen', () => {
    const near = zoomed(fit(IMAGE, SCREEN), 8, { x: 50, y: 50 }, IMAGE, SCREEN);
    expect(moved(near, { x: 1e5, y: 1e5 }, IMAGE, SCREEN)).toEqual({ scale: 2, x: 0, y: 0 });
    expect(moved(near, { x: -1e5, y: -1e5 }, IMAGE, SCREEN)).toEqual({ scale: 2, x: -700, y: -300 });
    expect(moved(fit(IMAGE, SCREEN), { x: 30, y: 30 }, IMAGE, SCREEN)).toEqual(fit(IMAGE, SCREEN));
  });
});
