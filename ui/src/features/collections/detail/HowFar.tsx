import { useQuery } from '@tanstack/react-query';
import type { CollectionDetail } from '@/api/types';
import { count } from '@/shared/format/numbers';
import { qualityQuery } from '../queries';

/** How many images of a running collection have arrived: "600 of 3 600 images". */
export function HowFar({ collection }: { collection: CollectionDetail }) {
  const { data: quality } = useQuery(qualityQuery(collection.dataCollectionId));
  const all = collection.numberOfImages;
  if (!quality || !all) return null;
  return (
    <b>
      {count(Math.min(quality.imageNumber.length, all))} of {count(all)} images
    </b>
  );
}
