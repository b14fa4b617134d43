import { useEffect, useState } from 'react';
import { pictures } from '@/api/pictures';
import classes from './ImagePeek.module.css';

interface Props {
  dataCollectionId: number;
  /** The image under the pointer; null while it is elsewhere. */
  image: number | null;
  /** Where the pointer is [pixel of the window]. */
  at: { x: number; y: number };
}

/** A pointer that only passes over boxes asks for no images [ms]. */
const REST = 160;
/** [pixel] */
const SIZE = 150;
const GAP = 18;

/** The diffraction image of the box under the pointer, small, beside it. Where there is none, nothing appears. */
export function ImagePeek({ dataCollectionId, image, at }: Props) {
  const [rested, setRested] = useState<number | null>(null);
  const [loaded, setLoaded] = useState<number | null>(null);
  useEffect(() => {
    const timer = setTimeout(() => setRested(image), REST);
    return () => clearTimeout(timer);
  }, [image]);
  if (image === null || rested !== image) return null;
  const right = at.x + GAP + SIZE < document.documentElement.clientWidth;
  const below = at.y + GAP + SIZE + 24 < document.documentElement.clientHeight;
  return (
    <figure
      className={classes.peek}
      style={{
        left: right ? at.x + GAP : at.x - GAP - SIZE,
        top: below ? at.y + GAP : at.y - GAP - SIZE - 24,
        visibility: loaded === image ? 'visible' : 'hidden',
      }}
      data-testid="image-peek"
    >
      <img
        key={image}
        src={pictures.preview(dataCollectionId, image, 2 * SIZE)}
        alt=""
        width={SIZE}
        height={SIZE}
        onLoad={() => setLoaded(image)}
      />
      <figcaption>image {image}</figcaption>
    </figure>
  );
}
