import type { Run, Sample, ShellName } from '@/api/types';
import type { Measure } from '../measures';
import { isPending, ranked, statisticsOf } from '../runs';

/** How far a sample has come. */
export type Stage = 'result' | 'running' | 'queued' | 'failed' | 'unprocessed' | 'uncollected';

export const STAGE_WORDS: Record<Stage, string> = {
  result: 'result',
  running: 'being processed',
  queued: 'waiting to be processed',
  failed: 'processing failed',
  unprocessed: 'not processed',
  uncollected: 'not collected',
};

/** A sample with the result that stands for it, and what that measures. */
export interface Standing {
  sample: Sample;
  stage: Stage;
  /** The best result: of all pipelines, or of the one that was chosen. */
  run: Run | null;
  value: number | null;
}

/** Where each sample stands by one measure in one shell, the best first; those without a result come behind. */
export function standings(
  samples: Sample[],
  runs: Run[],
  measure: Measure,
  shell: ShellName,
  pipeline: string | undefined,
): Standing[] {
  const ofSample = bySample(runs.filter((run) => pipeline === undefined || run.pipeline === pipeline));
  return samples
    .map((sample) => standing(sample, ofSample.get(sample.blSampleId) ?? [], measure, shell))
    .sort((a, b) => behind(a) - behind(b) || byValue(a, b, measure));
}

function bySample(runs: Run[]): Map<number, Run[]> {
  const found = new Map<number, Run[]>();
  for (const run of runs) {
    if (run.blSampleId !== null) found.set(run.blSampleId, [...(found.get(run.blSampleId) ?? []), run]);
  }
  return found;
}

function standing(sample: Sample, runs: Run[], measure: Measure, shell: ShellName): Standing {
  const run = ranked(runs)[0] ?? null;
  const statistics = run && statisticsOf(run, shell);
  return { sample, run, stage: stageOf(sample, run, runs), value: statistics ? measure.of(statistics) : null };
}

function stageOf(sample: Sample, best: Run | null, runs: Run[]): Stage {
  if (best) return 'result';
  if (sample._metadata.datacollections === 0) return 'uncollected';
  if (runs.some(({ state }) => state === 'running')) return 'running';
  if (runs.some(isPending)) return 'queued';
  return runs.some(({ state }) => state === 'failed') ? 'failed' : 'unprocessed';
}

const ORDER: Stage[] = ['result', 'running', 'queued', 'failed', 'unprocessed', 'uncollected'];

function behind({ stage, value }: Standing): number {
  return ORDER.indexOf(stage) + (stage === 'result' && value === null ? 0.5 : 0);
}

function byValue(a: Standing, b: Standing, { better }: Measure): number {
  if (a.value === null || b.value === null) return 0;
  return better === 'lower' ? a.value - b.value : b.value - a.value;
}

/** How many samples have a result: of any pipeline, or of the one that was chosen. */
export function withResult(samples: Sample[], runs: Run[], pipeline: string | undefined): number {
  const of = new Set(
    ranked(runs).flatMap((run) => (pipeline === undefined || run.pipeline === pipeline ? run.blSampleId : null)),
  );
  return samples.filter(({ blSampleId }) => of.has(blSampleId)).length;
}

/** The pipelines that made merged data, by name. */
export function pipelinesOf(runs: Run[]): string[] {
  return [...new Set(ranked(runs).map(({ pipeline }) => pipeline))].sort((a, b) => a.localeCompare(b, 'en'));
}

/** Where a value lies between the worst (0) and the best (1) of the range; beyond its ends, at them. */
export function goodness(value: number, [low, high]: [number, number], { better }: Measure): number {
  if (high <= low) return 1;
  const fraction = Math.min(1, Math.max(0, (value - low) / (high - low)));
  return better === 'lower' ? 1 - fraction : fraction;
}
