import { useQueries } from '@tanstack/react-query';
import type { Run } from '@/api/types';
import { energyScansQuery, groupQuery } from '@/features/collections/queries';
import { plural } from '@/shared/format/numbers';
import { differInEnergy, mixedGroups, tellApart } from './apart';

/** Groups asked for at most: a sample has few. */
const MOST_GROUPS = 12;

/** What a run was on, where other runs of its pipeline were on other collections of the same group; else null. */
export type Apart = (run: Run) => string | null;

/** Tells runs of one pipeline apart. Asks for nothing where the pipelines do that. */
export function useApart(runs: Run[], short = false): Apart {
  const mixed = mixedGroups(runs);
  const names = useGroupNames(mixed.slice(0, MOST_GROUPS), short);
  return ({ dataCollectionIds: [only, ...more], dataCollectionGroupIds }) => {
    if (only === undefined || !dataCollectionGroupIds.some((group) => mixed.includes(group))) return null;
    return more.length > 0 ? plural(more.length + 1, 'collection') : (names.get(only) ?? null);
  };
}

/** What tells the collections of these groups apart, by their keys. */
export function useGroupNames(groups: number[], short = false): Map<number, string> {
  const members = useQueries({
    queries: groups.map(groupQuery),
    combine: (found) => found.map(({ data }) => data ?? []),
  });
  const sessions = members.flatMap(([first, ...others]) =>
    first && differInEnergy([first, ...others].map(({ Item }) => Item)) ? [first.sessionId] : [],
  );
  const scans = useQueries({
    queries: [...new Set(sessions)].map(energyScansQuery),
    combine: (found) => found.flatMap(({ data }) => data ?? []),
  });
  return new Map(
    members.flatMap((group) => [
      ...tellApart(
        group.map(({ Item }) => Item),
        scans.map(({ Item }) => Item),
        short,
      ),
    ]),
  );
}
