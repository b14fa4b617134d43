import { infiniteQueryOptions } from '@tanstack/react-query';
import { api, read } from '@/api/client';
import type { CellMatch, Page } from '@/api/types';
import type { CellsSearch } from '@/app/search';
import { inFractions } from '@/features/results/fractions';
import { cellOf } from './cell';

const LIMIT = 100;

/** Results of everything one sees with such a cell or space group, newest first. */
export function cellsQuery(asked: CellsSearch) {
  const { group, tolerance, angstrom, angle, any, lattice } = asked;
  const query = {
    ...cellOf(asked),
    spaceGroup: group,
    tolerance,
    toleranceAngstrom: angstrom,
    toleranceAngle: angle,
    anySetting: any,
    centring: lattice,
    limit: LIMIT,
  };
  return infiniteQueryOptions({
    queryKey: ['cells', query],
    queryFn: async ({ pageParam, signal }): Promise<Page<CellMatch>> => {
      const page = await read<Page<CellMatch>>(
        api.GET('/ispyb/api/v1/processings/cells', {
          params: { query: { ...query, after: pageParam ?? undefined } },
          signal,
        }),
      );
      return { ...page, results: page.results.map(inFractions) };
    },
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    enabled: cellOf(asked) !== null || group !== undefined,
    staleTime: 60_000,
    retry: false,
  });
}
