import type { Run, Sample, Scaling, Statistics } from '@/api/types';

/** Statistics overall and of the outer shell, of data to this resolution. */
export function scaling(id: number, high: number, overall: Statistics = {}, kind: Scaling['kind'] = null): Scaling {
  return {
    autoProcScalingId: id,
    kind,
    statistics: {
      overall: { resolutionLimitLow: 50, resolutionLimitHigh: high, ...overall },
      outerShell: { resolutionLimitLow: high + 0.05, resolutionLimitHigh: high, ccHalf: 0.5 },
    },
  };
}

/** A run for tests, in the shape the service sends. */
export function run(id: number, change: Partial<Run> = {}): Run {
  return {
    autoProcProgramId: id,
    pipeline: 'autoPROC',
    processingPrograms: 'autoPROC 1.0.5',
    state: 'success',
    processingMessage: null,
    processingStartTime: '2026-11-22T14:00:00',
    processingEndTime: '2026-11-22T14:10:00',
    duration: 600,
    dataCollectionIds: [1],
    dataCollectionGroupIds: [1],
    sweeps: [],
    blSampleId: 1,
    sample: 'x1',
    sessionId: 1,
    autoProcId: null,
    spaceGroup: null,
    cell: null,
    scalings: [],
    rank: null,
    ...change,
  };
}

/** A sample in a puck, with so many collections. */
export function sample(id: number, datacollections = 1): Sample {
  return {
    blSampleId: id,
    name: `x${id}`,
    code: null,
    comments: null,
    location: String(id),
    containerId: 7,
    Container: { code: 'UNI-07', sampleChangerLocation: '1', capacity: 16 },
    Crystal: { Protein: { acronym: 'LYSO' } },
    _metadata: { datacollections, types: [], lastCollection: null },
  } as unknown as Sample;
}
