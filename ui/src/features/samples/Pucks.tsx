import { useNavigate } from '@tanstack/react-router';
import type { Sample } from '@/api/types';
import { positionRadius, puckPositions } from './puck';
import classes from './Pucks.module.css';

interface Props {
  samples: Sample[];
  sessionId: number;
  pointed: number | null;
  onPoint: (blSampleId: number | null) => void;
  className?: string;
}

/** The containers as they stand in the sample changer: filled = collected, ring = not yet, dot = empty. */
export function Pucks({ samples, sessionId, pointed, onPoint, className }: Props) {
  const pucks = inPucks(samples);
  if (pucks.length === 0) return null;
  return (
    <div className={className}>
      <ul className={classes.pucks} aria-label="Pucks">
        {pucks.map((puck) => (
          <li key={puck.containerId}>
            <Puck puck={puck} sessionId={sessionId} pointed={pointed} onPoint={onPoint} />
            <b>{puck.code}</b>
            <span>
              {puck.collected} of {puck.samples.size} collected
            </span>
            {puck.place && <span>changer place {puck.place}</span>}
          </li>
        ))}
      </ul>
      <p className={classes.legend}>
        <i data-is="collected" /> collected <i data-is="waiting" /> not collected <i data-is="empty" /> empty
      </p>
    </div>
  );
}

interface PuckOf {
  containerId: number;
  code: string;
  place: string | null;
  capacity: number;
  collected: number;
  /** By position, from 1. */
  samples: Map<number, Sample>;
}

function Puck({ puck, sessionId, pointed, onPoint }: Omit<Props, 'samples' | 'className'> & { puck: PuckOf }) {
  const navigate = useNavigate();
  const positions = puckPositions(puck.capacity);
  const size = positionRadius(puck.capacity);
  return (
    <svg
      viewBox="-1.06 -1.06 2.12 2.12"
      className={classes.puck}
      role="img"
      aria-label={`${puck.code}: ${puck.collected} of ${puck.samples.size} samples collected`}
    >
      <circle r="1.02" className={classes.plate} />
      {positions.map(({ x, y }, index) => {
        const sample = puck.samples.get(index + 1);
        if (!sample) return <circle key={index} cx={x} cy={y} r={0.04} className={classes.empty} />;
        return (
          <g
            key={index}
            className={classes.position}
            data-collected={sample._metadata.datacollections > 0}
            data-pointed={sample.blSampleId === pointed}
            onPointerEnter={() => onPoint(sample.blSampleId)}
            onPointerLeave={() => onPoint(null)}
            onClick={() =>
              void navigate({
                to: '/sessions/$sessionId',
                params: { sessionId },
                search: { sample: sample.blSampleId },
              })
            }
          >
            <title>{`${index + 1}: ${sample.name ?? ''}`}</title>
            <circle cx={x} cy={y} r={size} />
            <text x={x} y={y} dy="0.35em">
              {index + 1}
            </text>
          </g>
        );
      })}
    </svg>
  );
}

/** The samples that stand in a container, by container; those without a position are in the table only. */
function inPucks(samples: Sample[]): PuckOf[] {
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
