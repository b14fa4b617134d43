import { ActionIcon } from '@mantine/core';
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import { useState } from 'react';
import { pictures } from '@/api/pictures';
import type { CollectionDetail } from '@/api/types';
import { count } from '@/shared/format/numbers';
import { Lightbox } from '@/shared/states/Lightbox';
import { Picture } from '@/shared/states/Picture';
import classes from './Diffraction.module.css';
import { ImageNumber } from './ImageNumber';

interface Props {
  collection: CollectionDetail;
  image: number;
  onImage: (imageNumber: number) => void;
}

/** The diffraction picture of one image, as far as the beamline made one. */
export function Diffraction({ collection, image, onImage }: Props) {
  const [at, setAt] = useState<number | null>(null);
  const [loaded, setLoaded] = useState<string | null>(null);
  const first = collection.startImageNumber ?? 1;
  const last = first + Math.max((collection.numberOfImages ?? 1) - 1, 0);
  const src = pictures.diffraction(collection.dataCollectionId, image);
  return (
    <section className={classes.diffraction} aria-label="Diffraction image">
      <div className={classes.head}>
        <h2>Diffraction image</h2>
        <ActionIcon
          variant="default"
          disabled={image <= first}
          onClick={() => onImage(image - 1)}
          aria-label="Previous image"
        >
          <IconChevronLeft size={16} />
        </ActionIcon>
        <ImageNumber image={image} first={first} last={last} onImage={onImage} />
        <ActionIcon
          variant="default"
          disabled={image >= last}
          onClick={() => onImage(image + 1)}
          aria-label="Next image"
        >
          <IconChevronRight size={16} />
        </ActionIcon>
        <span>of {count(last)}</span>
      </div>
      <button
        type="button"
        className={classes.enlarge}
        disabled={loaded !== src}
        onClick={() => setAt(0)}
        aria-label={`Enlarge image ${image}`}
      >
        <Picture
          src={src}
          alt={`Diffraction image ${image}`}
          fit="contain"
          missing={`No picture was made of image ${image}`}
          className={classes.picture}
          onLoad={() => setLoaded(src)}
        />
      </button>
      <Lightbox
        pictures={[{ src, alt: `Image ${image}` }]}
        at={at}
        onMove={setAt}
        title={collection.imagePrefix ?? 'Diffraction'}
      />
    </section>
  );
}
