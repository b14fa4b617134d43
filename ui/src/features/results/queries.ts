import { queryOptions } from '@tanstack/react-query';
import { api, read } from '@/api/client';
import type { FileSummary, Results, RunDetail, RunFile, RunMessage } from '@/api/types';
import type { Rank } from '@/app/search';
import { detailInFractions, inFractions } from './fractions';

/**
 * What results are of: everything of a session in one answer, which all its cards and tabs share; one collection; a
 * sample or protein over all sessions.
 */
export type ResultsOf =
  { sessionId: number } | { dataCollectionId: number } | { blSampleId: number } | { proteinId: number };

const USUAL = ['resolution', 'completeness', 'ccHalf:outerShell', 'rMeas:innerShell'];

/**
 * Runs of programs and what they made, the best of each sample first: as usual, or by one measure before the usual
 * ones. The live stream says when it is stale.
 */
export function resultsQuery(of: ResultsOf, first?: Rank) {
  const rank = first && [first, ...USUAL.filter((rule) => rule !== first)];
  return queryOptions({
    queryKey: first ? ['results', of, first] : ['results', of],
    queryFn: async ({ signal }): Promise<Results> => {
      const query = rank ? { ...of, rank } : of;
      const found = await read(api.GET('/ispyb/api/v1/processings/results', { params: { query }, signal }));
      return { ...found, results: found.results.map(inFractions) };
    },
    staleTime: 60_000,
  });
}

const path = (autoProcProgramId: number) => ({ params: { path: { autoProcProgramId } } });

/** One run with its quality by resolution. */
export function runQuery(autoProcProgramId: number) {
  return queryOptions({
    queryKey: ['results', 'run', autoProcProgramId],
    queryFn: async ({ signal }): Promise<RunDetail> =>
      detailInFractions(
        await read(
          api.GET('/ispyb/api/v1/processings/results/{autoProcProgramId}', { ...path(autoProcProgramId), signal }),
        ),
      ),
    staleTime: 60_000,
  });
}

export function runFilesQuery(autoProcProgramId: number) {
  return queryOptions({
    queryKey: ['results', 'files', autoProcProgramId],
    queryFn: ({ signal }) =>
      read<RunFile[]>(
        api.GET('/ispyb/api/v1/processings/programs/{autoProcProgramId}/attachments', {
          ...path(autoProcProgramId),
          signal,
        }),
      ),
    staleTime: 60_000,
  });
}

export function runMessagesQuery(autoProcProgramId: number) {
  return queryOptions({
    queryKey: ['results', 'messages', autoProcProgramId],
    queryFn: ({ signal }) =>
      read<RunMessage[]>(
        api.GET('/ispyb/api/v1/processings/programs/{autoProcProgramId}/messages', {
          ...path(autoProcProgramId),
          signal,
        }),
      ),
    staleTime: 60_000,
  });
}

/** What a file of a run says of itself. */
export function runFileSummaryQuery(autoProcProgramAttachmentId: number) {
  return queryOptions({
    queryKey: ['results', 'summary', String(autoProcProgramAttachmentId)],
    queryFn: ({ signal }): Promise<FileSummary> =>
      read(
        api.GET('/ispyb/api/v1/processings/attachments/{autoProcProgramAttachmentId}/summary', {
          params: { path: { autoProcProgramAttachmentId } },
          signal,
        }),
      ),
    staleTime: Infinity,
    retry: false,
  });
}

/** What any file says of itself. */
export type SummaryQuery = ReturnType<typeof runFileSummaryQuery>;
