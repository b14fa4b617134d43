import { Link } from '@tanstack/react-router';
import { placeOf } from '@/features/collections/place';
import { MeasureCell } from '@/features/results/MeasureCell';
import { MEASURES } from '@/features/results/measures';
import { Crystal, FindLike } from '@/features/results/ResultTable';
import { statisticsOf } from '@/features/results/runs';
import { plural } from '@/shared/format/numbers';
import { Message } from '@/shared/states/Message';
import table from '@/shared/Table.module.css';
import type { SampleBest } from './best';
import classes from './SamplesOfProtein.module.css';

/** The samples of a protein, those with the best data first. */
export function SamplesOfProtein({ samples }: { samples: SampleBest[] }) {
  if (samples.length === 0) {
    return (
      <Message title="No samples yet" compact>
        They appear when a shipment with them is registered.
      </Message>
    );
  }
  return (
    <div className={`${table.frame} ${classes.frame}`}>
      <table className={table.table} data-stacks="measures">
        <thead>
          <tr>
            <th>Sample</th>
            <th>Puck · position</th>
            <th className={table.number}>Collections</th>
            <th>Best result</th>
            {MEASURES.map(({ key, name, short, unit }) => (
              <th key={key} className={table.number} title={`${name}, overall`}>
                {short ?? name} {unit && `(${unit})`}
              </th>
            ))}
            <th>Crystal</th>
            <th className={table.number}>Results</th>
            <th>
              <span className="visually-hidden">Crystals like it</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {samples.map((each) => (
            <Row key={each.sample.blSampleId} {...each} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Row({ sample, best, results, sessions }: SampleBest) {
  const { blSampleId, name, _metadata: about } = sample;
  return (
    <tr data-testid="protein-sample">
      <th scope="row">
        <Link to="/samples/$blSampleId" params={{ blSampleId }}>
          {name ?? blSampleId}
        </Link>
      </th>
      <td data-part="left">{placeOf(sample) ?? '–'}</td>
      <td className={table.number} data-label="Collections" data-part="right">
        {about.datacollections}
      </td>
      {best ? (
        <>
          <td data-part="left">
            <Link
              to="/collections/$dataCollectionId"
              params={{ dataCollectionId: best.dataCollectionIds.at(-1) ?? 0 }}
              search={{ run: best.autoProcProgramId }}
              title={best.processingPrograms ?? undefined}
            >
              {best.pipeline}
            </Link>
          </td>
          {MEASURES.map((measure) => (
            <MeasureCell key={measure.key} measure={measure} statistics={statisticsOf(best, 'overall')} />
          ))}
          <td data-part="crystal">
            <Crystal run={best} />
          </td>
          <td className={table.number} data-label="Results" data-part="right">
            {results}
            {sessions.length > 1 && <span className={table.dim}> in {plural(sessions.length, 'session')}</span>}
          </td>
          <td data-part="act">
            <FindLike run={best} />
          </td>
        </>
      ) : (
        <td colSpan={MEASURES.length + 4} className={table.dim}>
          {about.datacollections > 0 ? 'no result so far' : 'not collected'}
        </td>
      )}
    </tr>
  );
}
