import { Button } from '@mantine/core';
import { IconDownload, IconDroplet, IconInfoCircle } from '@tabler/icons-react';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useEffect, useMemo, useState } from 'react';
import type { RankingRule, Run, Sample } from '@/api/types';
import type { BySampleSearch } from '@/app/search';
import { DownloadBest } from '@/features/download/DownloadBest';
import { sessionSamplesQuery } from '@/features/samples/queries';
import { plural } from '@/shared/format/numbers';
import { Popup } from '@/shared/Popup';
import { saveCsv } from '@/shared/plots/export';
import { ErrorState } from '@/shared/states/ErrorState';
import { Message } from '@/shared/states/Message';
import { PageSkeleton } from '@/shared/states/PageSkeleton';
import { measureOf, shellOf } from '../measures';
import { RuleWords } from '../panel/RuleWords';
import { resultsQuery } from '../queries';
import classes from './BySampleTab.module.css';
import { Choices } from './Choices';
import { beside, isWithin, scaleOf, type Compared } from './compare';
import { RangeScale } from './RangeScale';
import { ResultPucks } from './ResultPucks';
import { ScatterPlot } from './ScatterPlot';
import { StandingTable } from './StandingTable';
import { standings, withResult } from './standing';
import { standingsTable } from './standingsTable';

const route = getRouteApi('/in/sessions/$sessionId/by-sample');

/** The best result of each sample: on the map of the pucks, and as a table that the map points into. */
export function BySampleTab() {
  const { sessionId } = route.useParams();
  const results = useQuery(resultsQuery({ sessionId }));
  const list = useInfiniteQuery(sessionSamplesQuery(sessionId));
  const { hasNextPage, fetchNextPage, data } = list;
  useEffect(() => {
    if (hasNextPage) void fetchNextPage();
  }, [hasNextPage, fetchNextPage, data]);
  const samples = useMemo(() => data?.pages.flatMap((page) => page.results), [data]);
  const runs = results.data?.results;

  const error = list.error ?? results.error;
  if (error && !(samples && runs)) {
    const again = () => void Promise.all([list.refetch(), results.refetch()]);
    return <ErrorState error={error} onRetry={again} />;
  }
  if (!samples || !runs) return <PageSkeleton />;
  if (samples.length === 0) {
    return (
      <Message icon={<IconDroplet size={22} stroke={1.7} />} title="No samples in this session">
        Samples appear when their container is assigned to the beamline, or when one of them is collected. What
        pipelines make of them is ranked here.
      </Message>
    );
  }
  return <Standings sessionId={sessionId} samples={samples} runs={runs} rules={results.data?.ranking ?? []} />;
}

interface Props {
  sessionId: number;
  samples: Sample[];
  runs: Run[];
  /** What decides which result of a sample is the best. */
  rules: RankingRule[];
}

function Standings({ sessionId, samples, runs, rules }: Props) {
  const search = route.useSearch();
  const { pipeline, against, range, other, sample } = search;
  const navigate = useNavigate({ from: '/sessions/$sessionId/by-sample' });
  const [pointed, setPointed] = useState<number | null>(null);
  const measure = measureOf(search.metric);
  const shell = shellOf(measure, search.shell);
  const ordered = useOrdered(samples, runs, search);
  const scale = useMemo(() => scaleOf(ordered, measure), [ordered, measure]);
  const full = scale?.ends ?? null;
  const isShown = (standing: Compared) => isWithin(standing, range, other);
  const shown = ordered.filter(isShown);
  const chosen = range !== undefined || other !== undefined;
  const choose = (change: BySampleSearch) =>
    void navigate({ search: (was) => ({ ...was, ...change }), replace: true, resetScroll: false });
  const select = (id: number) => choose({ sample: id === sample ? undefined : id });
  const marks = { pointed, selected: sample ?? null, onPoint: setPointed };
  const save = () =>
    saveCsv(
      `session_${sessionId}_by_sample.csv`,
      standingsTable(shown, shell, against ? { name: against, measure } : undefined),
    );
  return (
    <div className={classes.tab}>
      <div className={classes.choices}>
        <Choices search={search} samples={samples} runs={runs} onChoose={choose} />
        <div className={classes.takes}>
          <Button
            variant="subtle"
            color="gray"
            size="compact-sm"
            leftSection={<IconDownload size={15} aria-hidden="true" />}
            onClick={save}
            title="The samples shown, as a table"
          >
            CSV
          </Button>
          <DownloadBest
            sessionId={sessionId}
            pipeline={pipeline}
            runs={shown.flatMap(({ run }) => run?.autoProcProgramId ?? [])}
            samples={withResult(samples, runs, pipeline)}
          />
        </div>
      </div>
      <div className={classes.pucks}>
        <RangeScale
          measure={measure}
          values={ordered.map(({ value }) => value)}
          scale={scale}
          range={range}
          onRange={(next) => choose({ range: next, other: next && other })}
        />
        {against && full && (
          <ScatterPlot
            standings={ordered}
            measure={measure}
            names={[pipeline ?? 'best of all', against]}
            full={full}
            range={range}
            other={other}
            onSelect={select}
            onBrush={(across, up) => choose({ range: across, other: up })}
            {...marks}
          />
        )}
        <ResultPucks
          standings={ordered}
          measure={measure}
          range={range ?? full}
          compared={against !== undefined}
          isShown={isShown}
          onSelect={select}
          {...marks}
        />
      </div>
      <div className={classes.table}>
        <p className={classes.chosen} role="status">
          {chosen
            ? `${shown.length} of ${plural(ordered.length, 'sample')} within what is chosen`
            : plural(ordered.length, 'sample')}
          {chosen && (
            <button type="button" className="as-link" onClick={() => choose({ range: undefined, other: undefined })}>
              show all
            </button>
          )}
        </p>
        {against && !pipeline && <WhyBest rules={rules} against={against} />}
        <StandingTable
          standings={shown}
          against={against}
          measure={measure}
          shell={shell}
          range={range ?? full}
          sessionId={sessionId}
          onMeasure={(key) => choose({ metric: key, range: undefined, other: undefined })}
          {...marks}
        />
      </div>
    </div>
  );
}

/** Why the best of all may lose in the one number that is compared. */
function WhyBest({ rules, against }: { rules: RankingRule[]; against: string }) {
  return (
    <div className={classes.why} data-testid="why-best">
      The best of all is chosen by{' '}
      <Popup
        label="How the best is chosen"
        face={
          <>
            the whole rule <IconInfoCircle size={14} stroke={1.8} aria-hidden="true" />
          </>
        }
        faceClass={`as-link ${classes.rule}`}
      >
        <div className={classes.ruleWords}>
          <RuleWords rules={rules} />
        </div>
      </Popup>
      , in which this measure is one number at most. ▼ marks samples where {against} is better in that one, but not by
      the rule.
    </div>
  );
}

/** The samples of the chosen protein, ranked by the chosen measure, beside the other pipeline if one is chosen. */
function useOrdered(samples: Sample[], runs: Run[], search: BySampleSearch): Compared[] {
  const { metric, shell, pipeline, against, protein } = search;
  return useMemo(() => {
    const of = samples.filter(({ Crystal }) => !protein || Crystal.Protein.proteinId === protein);
    const measure = measureOf(metric);
    const ranked = (name: string | undefined) => standings(of, runs, measure, shellOf(measure, shell), name);
    return beside(ranked(pipeline), against ? ranked(against) : null);
  }, [samples, runs, metric, shell, pipeline, against, protein]);
}
