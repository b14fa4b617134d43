import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { CollectionDetail } from '@/api/types';
import { groupQuery } from '../queries';
import { GridThumb } from './GridThumb';
import { gridsOf } from './GridViews';
import classes from './OtherViews.module.css';

/** The other grid scans of the same group; each leads to its own collection. */
export function OtherViews({ collection }: { collection: CollectionDetail }) {
  const many = collection._metadata.siblings.length > 1;
  const { data: group } = useQuery({ ...groupQuery(collection.dataCollectionGroupId), enabled: many });
  const others = gridsOf(group?.map((member) => member.Item) ?? []).filter(
    (each) => each.dataCollectionId !== collection.dataCollectionId,
  );
  if (!many || others.length === 0) return null;
  return (
    <section className={classes.others}>
      <h2>{others.length === 1 ? 'The other view' : 'Other views'} of this crystal</h2>
      <div>
        {others.map((other) => (
          <Link
            key={other.dataCollectionId}
            to="."
            params={(was) => ({ ...was, dataCollectionId: other.dataCollectionId })}
            search={(was) => ({ ...was, image: undefined })}
            className={classes.other}
            aria-label={`Grid scan ${other.dataCollectionId}`}
          >
            <GridThumb collection={other} angle />
          </Link>
        ))}
      </div>
    </section>
  );
}
