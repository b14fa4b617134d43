/** Results of a session: of one pipeline or only some runs, and ranked in another way, where somebody chose that. */
export interface Of {
  sessionId: number;
  pipeline?: string | undefined;
  runs?: number[] | undefined;
  rank?: string[] | undefined;
}

/** The service takes twice as many, but an address of more than 8 kB is refused by many a proxy. */
export const MOST_RUNS = 250;

/** The best results of the samples that are shown: by their runs, where those are fewer than all and may be named. */
export function bestOf(sessionId: number, pipeline: string | undefined, runs: number[], samples: number) {
  const isAll = runs.length >= samples || runs.length > MOST_RUNS;
  const of: Of = isAll ? { sessionId, pipeline } : { sessionId, runs };
  return { of, isAll };
}

export type Files = 'result' | 'log' | 'all';

function query(of: Of, more: Record<string, string>): string {
  const words = new URLSearchParams({ sessionId: String(of.sessionId) });
  if (of.pipeline) words.set('pipeline', of.pipeline);
  for (const run of of.runs ?? []) words.append('autoProcProgramId', String(run));
  for (const rule of of.rank ?? []) words.append('rank', rule);
  for (const [name, value] of Object.entries(more)) words.set(name, value);
  return words.toString();
}

/** A zip archive with files of the best result of each sample; below the base of the API, like all that follow. */
export function archiveAddress(of: Of, files: Files): string {
  return `/processings/download?${query(of, { files })}`;
}

/** Results as a table: the best of each sample, or every run. */
export function tableAddress(of: Of, which: 'best' | 'every', format: 'csv' | 'xlsx'): string {
  return `/processings/table?${query(of, { which, format })}`;
}

/** The session as PDF. */
export function reportAddress({ sessionId, rank = [] }: Of): string {
  const words = new URLSearchParams(rank.map((rule) => ['rank', rule]));
  return `/sessions/${sessionId}/report${rank.length > 0 ? `?${words.toString()}` : ''}`;
}

/** A zip archive with all files of one run. */
export function runAddress(autoProcProgramId: number): string {
  return `/processings/download?autoProcProgramId=${autoProcProgramId}&files=all`;
}

/** What a deposition needs of one way of scaling of a run; the best one where none is chosen. */
export function depositionAddress(autoProcProgramId: number, autoProcScalingId: number | undefined): string {
  const scaling = autoProcScalingId === undefined ? '' : `?autoProcScalingId=${autoProcScalingId}`;
  return `/processings/results/${autoProcProgramId}/deposition${scaling}`;
}
