import { useState } from 'react';
import { Lightbox } from '@/shared/states/Lightbox';
import { Picture } from '@/shared/states/Picture';
import classes from './SmallCards.module.css';

interface Props {
  src: string;
  /** The database has a picture; whether its file can be read is seen when it is asked for. */
  known: boolean;
  alt: string;
  /** What it is of. */
  title: string;
}

/** The picture that a program drew of a scan or spectrum, for where its numbers cannot be read; a click enlarges it. */
export function DrawnPlot({ src, known, alt, title }: Props) {
  const [at, setAt] = useState<number | null>(null);
  return (
    <>
      <button
        type="button"
        className={classes.plot}
        onClick={() => setAt(0)}
        disabled={!known}
        aria-label={`Enlarge the plot: ${alt}`}
      >
        <Picture src={src} alt={alt} known={known} missing="no plot" fit="contain" className={classes.picture} />
      </button>
      <Lightbox pictures={[{ src, alt }]} at={at} onMove={setAt} title={title} />
    </>
  );
}
