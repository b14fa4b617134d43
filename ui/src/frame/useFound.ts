import { useQuery } from '@tanstack/react-query';
import type { NavigateOptions } from '@tanstack/react-router';
import { someProposalsQuery } from '@/features/proposals/queries';
import { someProteinsQuery } from '@/features/proteins/queries';
import { someSamplesQuery } from '@/features/samples/queries';
import { someSessionsQuery } from '@/features/sessions/queries';
import { span } from '@/shared/format/times';

export interface Found {
  id: string;
  title: string;
  detail: string;
  /** Where it leads. */
  link: NavigateOptions;
}

const EACH = 5;

/** Proposals, sessions, samples and proteins that match; nothing is asked for fewer than two letters. */
export function useFound(search: string): { groups: { name: string; found: Found[] }[]; loading: boolean } {
  const enabled = search.length >= 2;
  const proposals = useQuery({ ...someProposalsQuery(search, EACH), enabled });
  const sessions = useQuery({ ...someSessionsQuery({ search }, EACH), enabled });
  const samples = useQuery({ ...someSamplesQuery({ search }, EACH), enabled });
  const proteins = useQuery({ ...someProteinsQuery(search, EACH), enabled });
  const groups = [
    {
      name: 'Proposals',
      found: (proposals.data?.results ?? []).map((row): Found => ({
        id: `proposal-${row.proposal}`,
        title: row.proposal,
        detail: row.title ?? '',
        link: { to: '/proposals/$proposal', params: { proposal: row.proposal } },
      })),
    },
    {
      name: 'Sessions',
      found: (sessions.data?.results ?? []).map((row): Found => ({
        id: `session-${row.sessionId}`,
        title: `${row.session} · ${row.beamLineName ?? 'no beamline'}`,
        detail: span(row.startDate, row.endDate),
        link: { to: '/sessions/$sessionId', params: { sessionId: row.sessionId } },
      })),
    },
    {
      name: 'Samples',
      found: (samples.data?.results ?? []).map((row): Found => ({
        id: `sample-${row.blSampleId}`,
        title: row.name ?? `Sample ${row.blSampleId}`,
        detail: [row._metadata.proposal, row.Crystal.Protein.acronym, row.code].filter(Boolean).join(' · '),
        link: { to: '/samples/$blSampleId', params: { blSampleId: row.blSampleId } },
      })),
    },
    {
      name: 'Proteins',
      found: (proteins.data?.results ?? []).map((row): Found => ({
        id: `protein-${row.proteinId}`,
        title: row.acronym ?? row.name ?? `Protein ${row.proteinId}`,
        detail: [row._metadata.proposal, row.name].filter(Boolean).join(' · '),
        link: { to: '/proteins/$proteinId', params: { proteinId: row.proteinId } },
      })),
    },
  ];
  return {
    groups: enabled ? groups.filter((group) => group.found.length > 0) : [],
    loading: enabled && [proposals, sessions, samples, proteins].some(({ isFetching }) => isFetching),
  };
}
