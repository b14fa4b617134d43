import { useQuery } from '@tanstack/react-query';
import { statusOf } from '@/api/problem';
import type { CollectionDetail } from '@/api/types';
import { headerQuery } from '../diffraction/queries';
import { qualityQuery } from '../queries';

/** Whether a collection failed and left no images: none on disk, and none that anything analysed. Null until known. */
export function useHasNoImages(collection: CollectionDetail | undefined): boolean | null {
  const failed = collection?._metadata.state === 'failed';
  const id = collection?.dataCollectionId ?? 0;
  const { data: quality } = useQuery({ ...qualityQuery(id), enabled: failed });
  const { isPending, error } = useQuery({ ...headerQuery(id, false), enabled: failed });
  if (!failed) return false;
  if (!quality || isPending) return null;
  return quality.imageNumber.length === 0 && statusOf(error) === 404;
}
