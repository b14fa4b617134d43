/** What part of an image is seen: `scale` screen pixels a pixel of the image, whose corner is at `x`, `y` of the screen. */
export interface View {
  scale: number;
  x: number;
  y: number;
}
export interface Size {
  width: number;
  height: number;
}
export interface Point {
  x: number;
  y: number;
}

const CLOSEST = 60;

/** The whole image, in the middle. */
export function fit(image: Size, screen: Size): View {
  const scale = Math.min(screen.width / image.width, screen.height / image.height);
  return { scale, x: (screen.width - image.width * scale) / 2, y: (screen.height - image.height * scale) / 2 };
}

/** The place of the image that is seen at a place of the screen [pixel]. */
export function imagePoint(view: View, at: Point): Point {
  return { x: (at.x - view.x) / view.scale, y: (at.y - view.y) / view.scale };
}

/** Larger by a factor around a place of the screen, never smaller than the whole image. */
export function zoomed(view: View, factor: number, around: Point, image: Size, screen: Size): View {
  const least = fit(image, screen).scale;
  const scale = Math.min(Math.max(view.scale * factor, least), Math.max(CLOSEST, least));
  const kept = imagePoint(view, around);
  return held({ scale, x: around.x - kept.x * scale, y: around.y - kept.y * scale }, image, screen);
}

export function moved(view: View, by: Point, image: Size, screen: Size): View {
  return held({ ...view, x: view.x + by.x, y: view.y + by.y }, image, screen);
}

/** An image larger than the screen covers it; a smaller one stays in the middle. */
function held(view: View, image: Size, screen: Size): View {
  const along = (start: number, length: number, room: number) =>
    length <= room ? (room - length) / 2 : Math.min(Math.max(start, room - length), 0);
  return {
    scale: view.scale,
    x: along(view.x, image.width * view.scale, screen.width),
    y: along(view.y, image.height * view.scale, screen.height),
  };
}
