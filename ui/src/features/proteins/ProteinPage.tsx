import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useEffect, useMemo } from 'react';
import { resultsQuery } from '@/features/results/queries';
import { proteinSamplesQuery } from '@/features/samples/queries';
import classes from '@/features/samples/page/SamplePage.module.css';
import { StructureLinks } from '@/features/structures/StructureLinks';
import { significant, plural, withUnit } from '@/shared/format/numbers';
import { ErrorState } from '@/shared/states/ErrorState';
import { PageSkeleton } from '@/shared/states/PageSkeleton';
import { Forms } from './Forms';
import { proteinQuery, type ProteinDetail } from './queries';
import { bestOfSamples } from './best';
import { SamplesOfProtein } from './SamplesOfProtein';

const route = getRouteApi('/in/proteins/$proteinId');

/** One protein over all sessions: its samples with their best results, and which of them are isomorphous. */
export function ProteinPage() {
  const { proteinId } = route.useParams();
  const { data: protein, error, refetch } = useQuery(proteinQuery(proteinId));
  const results = useQuery({ ...resultsQuery({ proteinId }), enabled: protein !== undefined });
  const list = useInfiniteQuery({ ...proteinSamplesQuery(proteinId), enabled: protein !== undefined });
  const { hasNextPage, fetchNextPage, data } = list;
  useEffect(() => {
    if (hasNextPage) void fetchNextPage();
  }, [hasNextPage, fetchNextPage, data]);
  const runs = results.data?.results;
  const samples = useMemo(
    () =>
      data &&
      bestOfSamples(
        data.pages.flatMap((page) => page.results),
        runs ?? [],
      ),
    [data, runs],
  );
  if (error && !protein) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (!protein) return <PageSkeleton />;
  const failed = list.error ?? results.error;
  const again = () => void Promise.all([list.refetch(), results.refetch()]);
  return (
    <div className={classes.page}>
      <Head protein={protein} />
      <div className={classes.sections}>
        {failed && !samples && <ErrorState error={failed} onRetry={again} compact />}
        {samples && (
          <>
            <Forms samples={samples} />
            <section>
              <h2>
                Samples <span>{plural(samples.length, 'sample')}, the best result of each</span>
              </h2>
              <SamplesOfProtein samples={samples} />
            </section>
          </>
        )}
        <section>
          <h2>Structures</h2>
          <StructureLinks of={{ proteinId }} none="Nobody has solved or refined a structure of it so far." named />
        </section>
        {protein.sequence && (
          <section>
            <h2>Sequence</h2>
            <pre className={classes.sequence}>{protein.sequence}</pre>
          </section>
        )}
      </div>
    </div>
  );
}

function Head({ protein }: { protein: ProteinDetail }) {
  const { acronym, name, molecularMass, safetyLevel, _metadata: about } = protein;
  const title = acronym ?? name ?? `Protein ${protein.proteinId}`;
  return (
    <header className={classes.head}>
      <title>{`${title} · ISPyB`}</title>
      <h1>{title}</h1>
      {name !== title && <span>{name}</span>}
      <ul className={classes.facts}>
        <li>
          <Link to="/proposals/$proposal" params={{ proposal: about.proposal }}>
            {about.proposal}
          </Link>
        </li>
        {molecularMass ? <li>{withUnit(significant(molecularMass / 1000), 'kDa')}</li> : null}
        {safetyLevel && <li>safety {safetyLevel.toLowerCase()}</li>}
        <li>{plural(about.samples, 'sample')}</li>
        <li>{plural(about.datacollections, 'collection')}</li>
      </ul>
    </header>
  );
}
