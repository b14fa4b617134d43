import { useQuery } from '@tanstack/react-query';
import { accessQuery } from '@/features/access/queries';
import { recipesQuery } from './queries';

/** Whether the viewer may ask for a collection to be processed here; false until that is known. */
export function useMayAsk(dataCollectionId: number): boolean {
  const { data: recipes } = useQuery(recipesQuery());
  const { data: access } = useQuery({
    ...accessQuery({ kind: 'collection', dataCollectionId }),
    enabled: recipes !== undefined && recipes.length > 0,
  });
  return access?.you.may.includes('request reprocessing') ?? false;
}
