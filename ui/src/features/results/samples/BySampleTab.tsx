import { Button, Select } from '@mantine/core';
import { IconDownload, IconDroplet } from '@tabler/icons-react';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useEffect, useMemo, useState } from 'react';
import type { BySampleSearch } from '@/app/search';
import { sessionSamplesQuery } from '@/features/samples/queries';
import { saveCsv } from '@/shared/plots/export';
import { rangeOf } from '@/shared/plots/metrics';
import { ErrorState } from '@/shared/states/ErrorState';
import { Message } from '@/shared/states/Message';
import { PageSkeleton } from '@/shared/states/PageSkeleton';
import { measureLabel, measureOf, MEASURES } from '../measures';
import { resultsQuery } from '../queries';
import { SHELL_WORDS } from '../ranking';
import { SHELLS } from '../run/shellRows';
import classes from './BySampleTab.module.css';
import { ResultPucks } from './ResultPucks';
import { StandingTable } from './StandingTable';
import { pipelinesOf, standings } from './standing';
import { standingsTable } from './standingsTable';

const route = getRouteApi('/in/sessions/$sessionId/by-sample');
const BEST = 'best of all';

/** The best result of each sample: on the map of the pucks, and as a table that the map points into. */
export function BySampleTab() {
  const { sessionId } = route.useParams();
  const { metric, shell = 'overall', pipeline, sample } = route.useSearch();
  const navigate = useNavigate({ from: '/sessions/$sessionId/by-sample' });
  const results = useQuery(resultsQuery({ sessionId }));
  const list = useInfiniteQuery(sessionSamplesQuery(sessionId));
  const { hasNextPage, fetchNextPage, data } = list;
  useEffect(() => {
    if (hasNextPage) void fetchNextPage();
  }, [hasNextPage, fetchNextPage, data]);
  const [pointed, setPointed] = useState<number | null>(null);
  const samples = useMemo(() => data?.pages.flatMap((page) => page.results), [data]);
  const runs = results.data?.results;
  const measure = measureOf(metric);
  const ordered = useMemo(
    () => samples && runs && standings(samples, runs, measure, shell, pipeline),
    [samples, runs, measure, shell, pipeline],
  );
  const range = useMemo(() => rangeOf(ordered?.map(({ value }) => value) ?? []), [ordered]);
  const choose = (change: BySampleSearch) =>
    void navigate({ search: (was) => ({ ...was, ...change }), replace: true, resetScroll: false });

  const error = list.error ?? results.error;
  if (error && !ordered) {
    const again = () => void Promise.all([list.refetch(), results.refetch()]);
    return <ErrorState error={error} onRetry={again} />;
  }
  if (!ordered || !runs) return <PageSkeleton />;
  if (ordered.length === 0) {
    return (
      <Message icon={<IconDroplet size={22} stroke={1.7} />} title="No samples in this session">
        Samples appear when their container is assigned to the beamline, or when one of them is collected. What
        pipelines make of them is ranked here.
      </Message>
    );
  }
  const marks = { pointed, selected: sample ?? null, onPoint: setPointed };
  return (
    <div className={classes.tab}>
      <div className={classes.choices}>
        <Choice
          label="Measure"
          data={MEASURES.map((each) => ({ value: each.key, label: measureLabel(each) }))}
          value={measure.key}
          onChange={(key) => choose({ metric: MEASURES.find((each) => each.key === key)?.key })}
        />
        <Choice
          label="Shell"
          data={SHELLS.map((each) => ({ value: each, label: SHELL_WORDS[each] }))}
          value={shell}
          onChange={(key) => choose({ shell: SHELLS.find((each) => each === key) })}
        />
        <Choice
          label="Pipeline"
          data={[BEST, ...pipelinesOf(runs)]}
          value={pipeline ?? BEST}
          onChange={(name) => choose({ pipeline: name === BEST ? undefined : name })}
        />
        <Button
          className={classes.save}
          variant="subtle"
          color="gray"
          size="compact-sm"
          leftSection={<IconDownload size={15} aria-hidden="true" />}
          onClick={() => saveCsv(`session_${sessionId}_by_sample.csv`, standingsTable(ordered, shell))}
        >
          CSV
        </Button>
      </div>
      <ResultPucks
        standings={ordered}
        measure={measure}
        range={range}
        onSelect={(id) => choose({ sample: id === sample ? undefined : id })}
        className={classes.pucks}
        {...marks}
      />
      <div className={classes.table}>
        <StandingTable
          standings={ordered}
          measure={measure}
          shell={shell}
          range={range}
          sessionId={sessionId}
          onMeasure={(key) => choose({ metric: key })}
          {...marks}
        />
      </div>
    </div>
  );
}

interface ChoiceProps {
  label: string;
  data: (string | { value: string; label: string })[];
  value: string;
  onChange: (value: string) => void;
}

function Choice({ label, data, value, onChange }: ChoiceProps) {
  return (
    <Select
      label={label}
      size="xs"
      data={data}
      value={value}
      onChange={(next) => next && onChange(next)}
      allowDeselect={false}
      className={classes.choice}
    />
  );
}
