import { IconCube } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import type { CellMatch } from '@/api/types';
import { cellText } from '@/features/results/crystal';
import { ResultTable } from '@/features/results/ResultTable';
import { fixed, plural } from '@/shared/format/numbers';
import { ShowMore } from '@/shared/ShowMore';
import { ErrorState } from '@/shared/states/ErrorState';
import { Message } from '@/shared/states/Message';
import { PageSkeleton } from '@/shared/states/PageSkeleton';
import { cellOf } from './cell';
import { CellForm } from './CellForm';
import classes from './CellsPage.module.css';
import { cellsQuery } from './queries';

const route = getRouteApi('/in/cells');

/** Results of everything one sees, found by unit cell and space group. */
export function CellsPage() {
  const search = route.useSearch();
  const asked = cellOf(search) !== null || search.group !== undefined;
  return (
    <div className={classes.page}>
      <title>Crystals · ISPyB</title>
      <h1>Crystals by cell and space group</h1>
      {/* Another address is another question: the fields follow it. */}
      <CellForm key={JSON.stringify(search)} search={search} />
      {asked ? (
        <Found />
      ) : (
        <Message icon={<IconCube size={22} stroke={1.7} />} title="Which crystals are isomorphous?" compact>
          Give a unit cell, a space group, or both. All results that you may see are looked through, of all sessions.
        </Message>
      )}
    </div>
  );
}

function Found() {
  const search = route.useSearch();
  const list = useInfiniteQuery(cellsQuery(search));
  const runs = list.data?.pages.flatMap((page) => page.results);
  if (list.error && !runs) return <ErrorState error={list.error} onRetry={() => void list.refetch()} />;
  if (!runs) return <PageSkeleton />;
  const samples = new Set(runs.map(({ blSampleId }) => blSampleId)).size;
  const more = cellOf(search) ? [{ head: 'Δ edges, angles', cell: (run: CellMatch) => <Deviation run={run} /> }] : [];
  return (
    <section aria-label="Results found">
      {runs.length === 0 && !list.hasNextPage ? (
        <Message title="No result has such a crystal" compact>
          {search.any
            ? 'Larger tolerances find more; another centring is another lattice.'
            : 'Larger tolerances find more, and so do other settings of the lattice.'}
        </Message>
      ) : (
        <>
          <p className={classes.count} role="status">
            {plural(runs.length, 'result')} of {plural(samples, 'sample')}, newest first
            {list.hasNextPage && ', and there is more to look through'}
          </p>
          <ResultTable runs={runs} first="sample" more={more} />
        </>
      )}
      <ShowMore hasMore={list.hasNextPage} loading={list.isFetchingNextPage} onMore={() => void list.fetchNextPage()} />
    </section>
  );
}

/** The largest differences: "+0.4 −0.1 +1.2 %", and of the angles that differ; below, the axes they are of if others. */
function Deviation({ run: { deviation, cell, inAskedAxes } }: { run: CellMatch }) {
  if (!deviation) return '–';
  const { a, b, c, alpha, beta, gamma } = deviation;
  const angle = Math.max(...[alpha, beta, gamma].map((each) => Math.abs(each ?? 0)));
  const asked = cellText(inAskedAxes);
  return (
    <span className={classes.deviation}>
      {[a, b, c].map((edge) => signed(edge ?? 0)).join(' ')} %{angle >= 0.05 && ` · ${fixed(angle, 1)}°`}
      {asked && asked !== cellText(cell) && (
        <span className={classes.axes} title="The cell in the axes that were asked for">
          as {asked}
        </span>
      )}
    </span>
  );
}

function signed(value: number): string {
  const text = fixed(Math.abs(value) < 0.05 ? 0 : value, 1);
  return value >= 0.05 ? `+${text}` : text;
}
