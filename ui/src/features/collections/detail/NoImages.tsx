import { pictures } from '@/api/pictures';
import type { CollectionDetail } from '@/api/types';
import { Picture } from '@/shared/states/Picture';
import classes from './Diffraction.module.css';

/** In the place of the data of a collection that failed before there were any; a picture may have been kept. */
export function NoImages({ collection }: { collection: CollectionDetail }) {
  const first = collection.startImageNumber ?? 1;
  return (
    <section aria-label="Diffraction image">
      <Picture
        src={pictures.diffraction(collection.dataCollectionId, first)}
        alt={`Diffraction image ${first}`}
        fit="contain"
        missing="The collection failed, and there are no images of it"
        className={classes.picture}
      />
    </section>
  );
}
