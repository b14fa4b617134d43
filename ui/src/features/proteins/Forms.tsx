import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { ALIKE, searchLike } from '@/features/cells/cell';
import { Crystal } from '@/features/results/ResultTable';
import { fixed, plural, withUnit } from '@/shared/format/numbers';
import { formsOf, type SampleBest } from './best';
import classes from './Forms.module.css';

/** Which samples are isomorphous: the crystal forms of their best results, with the spread of their edges. */
export function Forms({ samples }: { samples: SampleBest[] }) {
  const forms = formsOf(samples);
  if (forms.length === 0) return null;
  return (
    <section>
      <h2>
        Crystal forms
        <span>
          one space group, edges within {ALIKE.share * 100} %, angles within {ALIKE.degrees}°
        </span>
      </h2>
      <ul className={classes.forms}>
        {forms.map(({ spaceGroup, cell, things }) => {
          const search = searchLike({ spaceGroup, cell });
          return (
            <li key={`${spaceGroup ?? ''}-${cell.a}`} data-testid="crystal-form">
              <div className={classes.what}>
                <Crystal run={{ spaceGroup, cell }} />
              </div>
              <Edges samples={things} />
              <Samples samples={things} />
              {search && (
                <Link to="/cells" search={search}>
                  Find crystals like these
                </Link>
              )}
            </li>
          );
        })}
      </ul>
    </section>
  );
}

/** So many names take about four lines. */
const FIRST = 12;

/** The samples of a form by name, the first of them until all are asked for. */
function Samples({ samples }: { samples: SampleBest[] }) {
  const [all, setAll] = useState(false);
  // One more name takes no more room than to say that it is there.
  const shown = all || samples.length <= FIRST + 1 ? samples : samples.slice(0, FIRST);
  return (
    <p className={classes.samples}>
      <b>{plural(samples.length, 'sample')}</b>
      {shown.map(({ sample: { blSampleId, name } }) => (
        <Link key={blSampleId} to="/samples/$blSampleId" params={{ blSampleId }}>
          {name ?? blSampleId}
        </Link>
      ))}
      {shown.length < samples.length && (
        <button type="button" onClick={() => setAll(true)}>
          and {samples.length - shown.length} more
        </button>
      )}
    </p>
  );
}

const WIDTH = 132;

/** Each edge of each sample as a tick, on an axis from the shortest to the longest of the form. */
function Edges({ samples }: { samples: SampleBest[] }) {
  return (
    <dl className={classes.edges}>
      {(['a', 'b', 'c'] as const).map((name) => {
        const values = samples.flatMap(({ best }) => best?.cell?.[name] ?? []);
        const [low, high] = [Math.min(...values), Math.max(...values)];
        const [from, to] = [low - 0.02 * low, high + 0.02 * high];
        return (
          <div key={name}>
            <dt>{name}</dt>
            <dd>
              <svg width={WIDTH} height="14" aria-hidden="true">
                <line x1="0" x2={WIDTH} y1="7" y2="7" className={classes.axis} />
                {values.map((value, index) => {
                  const x = (WIDTH * (value - from)) / (to - from);
                  return <line key={index} x1={x} x2={x} y1="1" y2="13" className={classes.tick} />;
                })}
              </svg>
              <span>{withUnit(low === high ? fixed(low, 1) : `${fixed(low, 1)} – ${fixed(high, 1)}`, 'Å')}</span>
            </dd>
          </div>
        );
      })}
    </dl>
  );
}
