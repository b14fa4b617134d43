import { useState } from 'react';
import { pictures } from '@/api/pictures';
import type { CollectionDetail } from '@/api/types';
import { Lightbox } from '@/shared/states/Lightbox';
import { Picture } from '@/shared/states/Picture';
import classes from './Snapshots.module.css';

/** The pictures of the crystal before the collection, up to four; each opens at full size. */
export function Snapshots({ collection }: { collection: CollectionDetail }) {
  const [at, setAt] = useState<number | null>(null);
  const id = collection.dataCollectionId;
  const there = ([1, 2, 3, 4] as const).filter((imageId) => collection._metadata.snapshots[imageId]);
  if (there.length === 0) return <p className={classes.none}>No snapshots of the crystal were taken</p>;
  return (
    <>
      <div className={classes.snapshots}>
        {there.map((imageId, index) => (
          <button key={imageId} type="button" onClick={() => setAt(index)} aria-label={`Enlarge snapshot ${imageId}`}>
            <Picture
              src={pictures.snapshot(id, imageId, index > 0)}
              alt={`Snapshot ${imageId} of the crystal`}
              className={classes.picture}
            />
          </button>
        ))}
      </div>
      <Lightbox
        pictures={there.map((imageId) => ({ src: pictures.snapshot(id, imageId), alt: `Snapshot ${imageId}` }))}
        at={at}
        onMove={setAt}
        title={collection.BLSample?.name ?? 'Crystal'}
      />
    </>
  );
}
