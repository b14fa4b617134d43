import { useQuery, useQueryClient, type QueryClient } from '@tanstack/react-query';
import type { NavigateOptions } from '@tanstack/react-router';
import type { Sample } from '@/api/types';
import { lastCollectionQuery } from '@/features/collections/queries';
import { someProposalsQuery } from '@/features/proposals/queries';
import { someSamplesQuery } from '@/features/samples/queries';
import { someSessionsQuery } from '@/features/sessions/queries';
import { span } from '@/shared/format/times';

export interface Found {
  id: string;
  title: string;
  detail: string;
  /** Where it leads; a sample has to be looked for first. */
  link: () => Promise<NavigateOptions>;
}

const EACH = 5;

/** Proposals, sessions and samples that match; nothing is asked for fewer than two letters. */
export function useFound(search: string): { groups: { name: string; found: Found[] }[]; loading: boolean } {
  const queryClient = useQueryClient();
  const enabled = search.length >= 2;
  const proposals = useQuery({ ...someProposalsQuery(search, EACH), enabled });
  const sessions = useQuery({ ...someSessionsQuery({ search }, EACH), enabled });
  const samples = useQuery({ ...someSamplesQuery({ search }, EACH), enabled });
  const groups = [
    {
      name: 'Proposals',
      found: (proposals.data?.results ?? []).map((row): Found => ({
        id: `proposal-${row.proposal}`,
        title: row.proposal,
        detail: row.title ?? '',
        link: () => Promise.resolve({ to: '/proposals/$proposal', params: { proposal: row.proposal } }),
      })),
    },
    {
      name: 'Sessions',
      found: (sessions.data?.results ?? []).map((row): Found => ({
        id: `session-${row.sessionId}`,
        title: `${row.session} · ${row.beamLineName ?? 'no beamline'}`,
        detail: span(row.startDate, row.endDate),
        link: () => Promise.resolve({ to: '/sessions/$sessionId', params: { sessionId: row.sessionId } }),
      })),
    },
    {
      name: 'Samples',
      found: (samples.data?.results ?? []).map((row): Found => ({
        id: `sample-${row.blSampleId}`,
        title: row.name ?? `Sample ${row.blSampleId}`,
        detail: [row._metadata.proposal, row.Crystal.Protein.acronym, row.code].filter(Boolean).join(' · '),
        link: () => toSample(queryClient, row),
      })),
    },
  ];
  return {
    groups: enabled ? groups.filter((group) => group.found.length > 0) : [],
    loading: enabled && (proposals.isFetching || sessions.isFetching || samples.isFetching),
  };
}

/** The session a sample was last measured in, showing that sample; a sample never measured leads to its proposal. */
async function toSample(queryClient: QueryClient, { blSampleId, _metadata }: Sample): Promise<NavigateOptions> {
  const last = await queryClient.query(lastCollectionQuery({ blSampleId })).catch(() => null);
  if (!last) return { to: '/proposals/$proposal', params: { proposal: _metadata.proposal } };
  return { to: '/sessions/$sessionId', params: { sessionId: last.sessionId }, search: { sample: blSampleId } };
}
