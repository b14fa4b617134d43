import { IconAlertTriangle, IconCheck } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import type { Run, Sample } from '@/api/types';
import { isAlike, sameSymbol, whole } from '@/features/cells/cell';
import { placeOf } from '@/features/collections/place';
import { ProteinLink } from '@/features/proteins/ProteinLink';
import { useRanked } from '@/features/results/useResults';
import { Crystal, ResultTable } from '@/features/results/ResultTable';
import { HowRanked } from '@/features/results/panel/HowRanked';
import { isPending, ranked } from '@/features/results/runs';
import { SampleAccess } from '@/features/sharing/SampleAccess';
import { StructureLinks } from '@/features/structures/StructureLinks';
import { plural } from '@/shared/format/numbers';
import { ErrorState } from '@/shared/states/ErrorState';
import { PageSkeleton } from '@/shared/states/PageSkeleton';
import { sampleQuery } from '../queries';
import { Sessions } from './Sessions';
import { Strategies } from './Strategies';
import classes from './SamplePage.module.css';

const route = getRouteApi('/in/samples/$blSampleId');

/** One sample over all sessions: what was measured, and the best that came of it. */
export function SamplePage() {
  const { blSampleId } = route.useParams();
  const { data: sample, error, refetch } = useQuery(sampleQuery(blSampleId));
  const results = useRanked({ blSampleId }, sample !== undefined);
  if (error && !sample) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (!sample) return <PageSkeleton />;
  const runs = results.data?.results;
  const best = runs && ranked(runs);
  const pending = runs?.filter(isPending).length ?? 0;
  return (
    <div className={classes.page}>
      <Head sample={sample} />
      <Crystals sample={sample} best={best?.[0] ?? null} />
      <div className={classes.sections}>
        <section>
          <h2>
            Results {best && best.length > 0 && <span>{plural(best.length, 'result')}</span>}
            {results.data && best && best.length > 1 && <HowRanked rules={results.data.ranking} />}
          </h2>
          {results.error && !runs ? (
            <ErrorState error={results.error} onRetry={() => void results.refetch()} compact />
          ) : best && best.length > 0 ? (
            <ResultTable runs={best} first="rank" />
          ) : (
            <p className={classes.none}>
              {runs ? 'No pipeline has made merged data of this sample so far.' : 'Looking for results …'}
            </p>
          )}
          {pending > 0 && <p className={classes.none}>{plural(pending, 'run')} still to end.</p>}
        </section>
        <section>
          <h2>Structures</h2>
          <StructureLinks of={{ blSampleId }} none="Nobody has solved or refined a structure of this sample so far." />
        </section>
        <Strategies blSampleId={blSampleId} />
        <Sessions sample={sample} runs={runs ?? []} />
      </div>
    </div>
  );
}

function Head({ sample }: { sample: Sample }) {
  const { Crystal: crystal, _metadata: about, code, blSampleStatus, comments } = sample;
  const place = placeOf(sample);
  const title = sample.name ?? `Sample ${sample.blSampleId}`;
  return (
    <header className={classes.head}>
      <title>{`${title} · ISPyB`}</title>
      <h1>{title}</h1>
      <ProteinLink protein={crystal.Protein} />
      <span className={classes.access}>
        <SampleAccess sample={sample} />
      </span>
      <ul className={classes.facts}>
        <li>
          <Link to="/proposals/$proposal" params={{ proposal: about.proposal }}>
            {about.proposal}
          </Link>
        </li>
        {place && <li title="Puck and position">{place}</li>}
        {code && <li title="Barcode">{code}</li>}
        {blSampleStatus && <li>{blSampleStatus}</li>}
        {comments && <li>{comments}</li>}
      </ul>
    </header>
  );
}

/** What was expected of the crystal, and what the best result found. */
function Crystals({ sample, best }: { sample: Sample; best: Run | null }) {
  const { spaceGroup, cell_a, cell_b, cell_c, cell_alpha, cell_beta, cell_gamma } = sample.Crystal;
  const cell = { a: cell_a, b: cell_b, c: cell_c, alpha: cell_alpha, beta: cell_beta, gamma: cell_gamma };
  const known = spaceGroup !== null || cell_a !== null;
  return (
    <dl className={classes.crystals}>
      <div>
        <dt>Crystal form expected</dt>
        <dd>{known ? <Crystal run={{ spaceGroup, cell }} /> : 'nobody said'}</dd>
      </div>
      <div data-testid="crystal-found">
        <dt>Found, in the best result</dt>
        <dd>{best ? <Crystal run={best} /> : 'no result yet'}</dd>
        {best && known && <Fits expected={{ spaceGroup, cell }} found={best} />}
      </div>
    </dl>
  );
}

function Fits({ expected, found }: { expected: Pick<Run, 'spaceGroup' | 'cell'>; found: Run }) {
  const [one, other] = [whole(expected.cell), whole(found.cell)];
  const sameGroup = expected.spaceGroup === null || sameSymbol(expected.spaceGroup, found.spaceGroup);
  const fits = sameGroup && (!one || !other || isAlike(one, other));
  const Icon = fits ? IconCheck : IconAlertTriangle;
  return (
    <span className={classes.fits} data-fits={fits}>
      <Icon size={15} aria-hidden="true" /> {fits ? 'as expected' : 'another crystal form than expected'}
    </span>
  );
}
