import { inPucks, type PuckOf } from '@/features/samples/inPucks';
import { PuckDrawing, type FilledPosition } from '@/features/samples/PuckDrawing';
import { useRoving } from '@/shared/keys/useRoving';
import { viridis } from '@/shared/plots/viridis';
import { StateShape } from '@/shared/states/StateMark';
import { measureText, type Measure } from '../measures';
import type { Compared } from './compare';
import classes from './ResultPucks.module.css';
import { goodness, STAGE_WORDS, type Stage } from './standing';

interface Props {
  standings: Compared[];
  measure: Measure;
  range: [number, number] | null;
  /** Whether each is beside that of another pipeline: the right half of a position is that one's. */
  compared: boolean;
  isShown: (standing: Compared) => boolean;
  pointed: number | null;
  selected: number | null;
  onPoint: (blSampleId: number | null) => void;
  onSelect: (blSampleId: number) => void;
  className?: string;
}

/** The shapes of what is no result. */
const SHAPES = { running: 'running', queued: 'queued', failed: 'failed', uncollected: 'stopped' } as const;
const LEGEND: Stage[] = ['running', 'queued', 'failed', 'unprocessed', 'uncollected'];
/** On lighter colours than this, words are dark. */
const LIGHT = 0.55;

/** The pucks of a session, each sample in the colour of its best result: the lighter, the better. Those left out are pale. */
export function ResultPucks(props: Props) {
  const { standings, className } = props;
  const bySample = new Map(standings.map((standing) => [standing.sample.blSampleId, standing]));
  const pucks = inPucks(standings.map(({ sample }) => sample));
  if (pucks.length === 0) return null;
  return (
    <div className={className}>
      <ul className={classes.pucks} aria-label="Pucks">
        {pucks.map((puck) => (
          <li key={puck.containerId}>
            <Puck {...props} puck={puck} bySample={bySample} />
          </li>
        ))}
      </ul>
      <p className={classes.legend}>
        {LEGEND.map((stage) => (
          <span key={stage}>
            <svg viewBox="-0.2 -0.2 0.4 0.4" width="15" height="15" data-stage={stage} aria-hidden="true">
              <Mark stage={stage} x={0} y={0} radius={0.17} />
            </svg>
            {STAGE_WORDS[stage]}
          </span>
        ))}
        <span>
          <svg viewBox="-0.2 -0.2 0.4 0.4" width="15" height="15" aria-hidden="true">
            <circle r="0.05" className={classes.other} />
          </svg>
          not of this session
        </span>
      </p>
    </div>
  );
}

/** Tab reaches one position of it, arrows the others, in their order. */
function Puck({ puck, bySample, ...props }: Props & { puck: PuckOf; bySample: Map<number, Compared> }) {
  const inOrder = [...puck.samples].sort(([a], [b]) => a - b).map(([, { blSampleId }]) => blSampleId);
  const keys = useRoving(inOrder, props.onSelect);
  const results = inOrder.filter((id) => bySample.get(id)?.stage === 'result').length;
  const words = `${results} of ${puck.samples.size} with a result`;
  return (
    <>
      <PuckDrawing puck={puck} label={`${puck.code}: ${words}`} role="group">
        {(at) => (
          <Position
            {...props}
            at={at}
            standing={bySample.get(at.sample.blSampleId)}
            keys={keys(at.sample.blSampleId)}
          />
        )}
      </PuckDrawing>
      <b>{puck.code}</b>
      <span>{words}</span>
    </>
  );
}

interface PositionProps extends Props {
  at: FilledPosition;
  standing: Compared | undefined;
  keys: ReturnType<ReturnType<typeof useRoving>>;
}

function Position({ at, standing, keys, ...props }: PositionProps) {
  const { measure, range, compared, isShown, pointed, selected, onPoint, onSelect } = props;
  const { sample, position, x, y, radius } = at;
  const { stage = 'unprocessed', value = null, other = null } = standing ?? {};
  const fraction = value !== null && range ? goodness(value, range, measure) : null;
  const drawn = stage === 'result' || (compared && other?.stage === 'result');
  const said = stage === 'result' ? `${measure.name} ${measureText(measure, value)}` : STAGE_WORDS[stage];
  const beside = compared ? ` · ${measureText(measure, other?.value ?? null)}` : '';
  const words = `${position}: ${sample.name ?? ''} · ${said}${beside}`;
  return (
    <g
      {...keys}
      className={classes.position}
      aria-label={words}
      aria-pressed={sample.blSampleId === selected}
      data-stage={drawn ? 'result' : stage}
      data-light={!compared && fraction !== null && fraction > LIGHT}
      data-halves={compared && drawn}
      data-marked={sample.blSampleId === pointed || sample.blSampleId === selected}
      data-shown={standing === undefined || isShown(standing)}
      data-testid="result-position"
      onPointerEnter={() => onPoint(sample.blSampleId)}
      onPointerLeave={() => onPoint(null)}
      onFocus={() => {
        keys.onFocus();
        onPoint(sample.blSampleId);
      }}
      onBlur={() => onPoint(null)}
      onClick={() => onSelect(sample.blSampleId)}
    >
      <title>{words}</title>
      {drawn ? (
        <>
          <circle cx={x} cy={y} r={radius} style={fill(value, range, measure)} />
          {compared && (
            <path
              d={`M${x} ${y - radius} A${radius} ${radius} 0 0 1 ${x} ${y + radius} Z`}
              style={fill(other?.value ?? null, range, measure)}
            />
          )}
        </>
      ) : (
        <Mark stage={stage} x={x} y={y} radius={radius} numbered />
      )}
      {drawn || stage === 'unprocessed' ? (
        <text x={x} y={y} dy="0.35em">
          {position}
        </text>
      ) : (
        <text x={x} y={y + 0.48 * radius} dy="0.35em" className={classes.beside}>
          {position}
        </text>
      )}
    </g>
  );
}

/** The colour of a value; none for one that nobody told. */
function fill(value: number | null, range: Props['range'], measure: Measure) {
  if (value === null || !range) return undefined;
  return { fill: `rgb(${viridis(goodness(value, range, measure)).join(' ')})` };
}

interface MarkProps {
  stage: Stage;
  x: number;
  y: number;
  radius: number;
  /** Whether the shape leaves room for a number below it. */
  numbered?: boolean;
}

/** A position without a result: a dashed ring, or a ring around the shape of its state. */
function Mark({ stage, x, y, radius, numbered = false }: MarkProps) {
  const scale = radius / (numbered ? 14 : 8.5);
  const up = numbered ? 0.42 * radius : 0;
  return (
    <>
      <circle cx={x} cy={y} r={radius} className={classes.ring} />
      {stage !== 'unprocessed' && stage !== 'result' && (
        <g transform={`translate(${x - 8 * scale} ${y - up - 8 * scale}) scale(${scale})`} className={classes.shape}>
          <StateShape state={SHAPES[stage]} />
        </g>
      )}
    </>
  );
}
