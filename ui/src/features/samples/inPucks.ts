import type { Sample } from '@/api/types';

/** A container of the sample changer, with what stands in it. */
export interface PuckOf {
  containerId: number;
  code: string;
  place: string | null;
  capacity: number;
  collected: number;
  /** By position, from 1. */
  samples: Map<number, Sample>;
}

/** The samples that stand in a container, by container; those without a position are in the table only. */
export function inPucks(samples: Sample[]): PuckOf[] {
  const pucks = new Map<number, PuckOf>();
  for (const sample of samples) {
    const position = Number(sample.location);
    if (sample.containerId === null || !Number.isInteger(position) || position < 1) continue;
    const puck = pucks.get(sample.containerId) ?? {
      containerId: sample.containerId,
      code: sample.Container.code ?? String(sample.containerId),
      place: sample.Container.sampleChangerLocation,
      capacity: sample.Container.capacity ?? 16,
      collected: 0,
      samples: new Map<number, Sample>(),
    };
    puck.samples.set(position, sample);
    puck.capacity = Math.max(puck.capacity, position);
    if (sample._metadata.datacollections > 0) puck.collected += 1;
    pucks.set(sample.containerId, puck);
  }
  return [...pucks.values()]
    .filter(({ capacity }) => capacity <= 24)
    .sort((a, b) => Number(a.place ?? 99) - Number(b.place ?? 99));
}
