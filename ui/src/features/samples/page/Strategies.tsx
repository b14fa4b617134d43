import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { ScreeningSummary } from '@/features/strategy/ScreeningLine';
import { sampleScreeningsQuery } from '@/features/strategy/queries';
import { dayClock } from '@/shared/format/times';
import classes from './SamplePage.module.css';

/** Characterisations of a sample, newest first; nothing where there were none. */
export function Strategies({ blSampleId }: { blSampleId: number }) {
  const { data } = useQuery(sampleScreeningsQuery(blSampleId));
  if (!data || data.length === 0) return null;
  return (
    <section>
      <h2>Strategies</h2>
      <ul className={classes.lines}>
        {data.map((screening) => (
          <li key={screening.screeningId} data-testid="sample-strategy">
            {screening.dataCollectionId !== null && (
              <Link
                to="/collections/$dataCollectionId"
                params={{ dataCollectionId: screening.dataCollectionId }}
                aria-label="The collection it was made from"
              >
                {screening.bltimeStamp ? dayClock(screening.bltimeStamp) : 'collection'}
              </Link>
            )}
            <ScreeningSummary screening={screening} />
          </li>
        ))}
      </ul>
    </section>
  );
}
