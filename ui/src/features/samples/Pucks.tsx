import { useNavigate } from '@tanstack/react-router';
import type { Sample } from '@/api/types';
import { inPucks, type PuckOf } from './inPucks';
import { PuckDrawing } from './PuckDrawing';
import classes from './Pucks.module.css';

interface Props {
  samples: Sample[];
  sessionId: number;
  pointed: number | null;
  onPoint: (blSampleId: number | null) => void;
  className?: string;
}

/** The containers as they stand in the sample changer: filled = collected, ring = not yet, dot = not of this session. */
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
        <i data-is="collected" /> collected <i data-is="waiting" /> not collected <i data-is="other" /> not of this
        session
      </p>
    </div>
  );
}

function Puck({ puck, sessionId, pointed, onPoint }: Omit<Props, 'samples' | 'className'> & { puck: PuckOf }) {
  const navigate = useNavigate();
  return (
    <PuckDrawing puck={puck} label={`${puck.code}: ${puck.collected} of ${puck.samples.size} samples collected`}>
      {({ sample, position, x, y, radius }) => (
        <g
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
          <title>{`${position}: ${sample.name ?? ''}`}</title>
          <circle cx={x} cy={y} r={radius} />
          <text x={x} y={y} dy="0.35em">
            {position}
          </text>
        </g>
      )}
    </PuckDrawing>
  );
}
