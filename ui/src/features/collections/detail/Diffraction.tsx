import { ActionIcon, Skeleton } from '@mantine/core';
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { pictures } from '@/api/pictures';
import type { CollectionDetail } from '@/api/types';
import { count } from '@/shared/format/numbers';
import { canPaint } from '../diffraction/canPaint';
import { headerQuery } from '../diffraction/queries';
import { Lightbox } from '@/shared/states/Lightbox';
import { Picture } from '@/shared/states/Picture';
import classes from './Diffraction.module.css';
import { ImageNumber } from './ImageNumber';

interface Props {
  collection: CollectionDetail;
  image: number;
  onImage: (imageNumber: number) => void;
}

const Viewer = lazy(() => import('../diffraction/Viewer'));

/** A diffraction image: what the detector wrote, or else the picture that the beamline made of it. */
export function Diffraction({ collection, image, onImage }: Props) {
  const { dataCollectionId, _metadata } = collection;
  const { data: header, isPending, error } = useQuery(headerQuery(dataCollectionId, _metadata.state === 'running'));
  const [painted, setPainted] = useState(canPaint);
  const first = collection.startImageNumber ?? 1;
  const last = first + Math.max((collection.numberOfImages ?? 1) - 1, 0);
  return (
    <section aria-label="Diffraction image">
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
      {isPending ? (
        <Skeleton height="min(62vh, 560px)" />
      ) : header && painted ? (
        <Suspense fallback={<Skeleton height="min(62vh, 560px)" />}>
          <Viewer
            key={dataCollectionId}
            header={header}
            image={image}
            first={first}
            last={last}
            name={collection.imagePrefix ?? 'diffraction'}
            onImage={onImage}
            onFailed={() => setPainted(false)}
          />
        </Suspense>
      ) : (
        <StillPicture
          src={header ? pictures.preview(dataCollectionId, image) : pictures.diffraction(dataCollectionId, image)}
          image={image}
          title={collection.imagePrefix ?? 'Diffraction'}
          why={error?.message ?? null}
        />
      )}
    </section>
  );
}

/** A picture that can be enlarged, and why there is no more than that, or not even a picture. */
function StillPicture({ src, image, title, why }: { src: string; image: number; title: string; why: string | null }) {
  const [at, setAt] = useState<number | null>(null);
  const [loaded, setLoaded] = useState<string | null>(null);
  return (
    <>
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
          missing={`${why ? `${why} ` : ''}There is no picture of image ${image}.`}
          className={classes.picture}
          onLoad={() => setLoaded(src)}
        />
      </button>
      {why && loaded === src && <p className={classes.why}>Only a picture: {why}</p>}
      <Lightbox pictures={[{ src, alt: `Image ${image}` }]} at={at} onMove={setAt} title={title} />
    </>
  );
}
