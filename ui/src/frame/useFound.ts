import { useQuery } from '@tanstack/react-query';
import { uiOptionsQuery } from '@/features/auth/queries';
import { someProposalsQuery } from '@/features/proposals/queries';
import { someProteinsQuery } from '@/features/proteins/queries';
import { someSamplesQuery } from '@/features/samples/queries';
import { someSessionsQuery } from '@/features/sessions/queries';
import { span } from '@/shared/format/times';
import { inOrderOf, type Found, type FoundGroup } from './found';

/** Of each kind: more than are shown at first, so that an exact name among them comes up. */
const EACH = 50;

/** Proposals, sessions, samples, proteins and beamlines that match; nothing is asked for fewer than two letters. */
export function useFound(search: string): { groups: FoundGroup[]; loading: boolean } {
  const enabled = search.length >= 2;
  const proposals = useQuery({ ...someProposalsQuery(search, EACH), enabled });
  const sessions = useQuery({ ...someSessionsQuery({ search }, EACH), enabled });
  const samples = useQuery({ ...someSamplesQuery({ search }, EACH), enabled });
  const proteins = useQuery({ ...someProteinsQuery(search, EACH), enabled });
  const { data: options } = useQuery(uiOptionsQuery());
  const beamlines = new Set(
    options?.beamLineGroups.flatMap(({ beamLines }) => beamLines.map(({ beamLineName }) => beamLineName)),
  );
  const groups: FoundGroup[] = [
    group('Proposals', proposals.data, (row) => ({
      id: `proposal-${row.proposal}`,
      title: row.proposal,
      detail: row.title ?? '',
      names: [row.proposal],
      link: { to: '/proposals/$proposal', params: { proposal: row.proposal } },
    })),
    group('Sessions', sessions.data, (row) => ({
      id: `session-${row.sessionId}`,
      title: `${row.session} · ${row.beamLineName ?? 'no beamline'}`,
      detail: span(row.startDate, row.endDate),
      names: [row.session],
      link: { to: '/sessions/$sessionId', params: { sessionId: row.sessionId } },
    })),
    group('Samples', samples.data, (row) => ({
      id: `sample-${row.blSampleId}`,
      title: row.name ?? `Sample ${row.blSampleId}`,
      detail: [row._metadata.proposal, row.Crystal.Protein.acronym, row.code].filter(Boolean).join(' · '),
      names: [row.name, row.code],
      link: { to: '/samples/$blSampleId', params: { blSampleId: row.blSampleId } },
    })),
    group('Proteins', proteins.data, (row) => ({
      id: `protein-${row.proteinId}`,
      title: row.acronym ?? row.name ?? `Protein ${row.proteinId}`,
      detail: [row._metadata.proposal, row.name].filter(Boolean).join(' · '),
      names: [row.acronym, row.name],
      link: { to: '/proteins/$proteinId', params: { proteinId: row.proteinId } },
    })),
    group(
      'Beamlines',
      { results: [...beamlines].filter((name) => name.toLowerCase().includes(search.toLowerCase())) },
      (name) => ({
        id: `beamline-${name}`,
        title: name,
        detail: 'Sessions there',
        names: [name],
        link: { to: '/sessions', search: { beamline: name } },
      }),
    ),
  ];
  return {
    groups: enabled ? inOrderOf(search, groups) : [],
    // What is asked for again meanwhile is there already.
    loading: enabled && [proposals, sessions, samples, proteins].some(({ isPending }) => isPending),
  };
}

function group<Row>(
  name: string,
  page: { results: Row[]; next?: string | null } | undefined,
  found: (row: Row) => Found,
): FoundGroup {
  return { name, found: (page?.results ?? []).map(found), whole: !page?.next };
}
