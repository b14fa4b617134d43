import { useQuery } from '@tanstack/react-query';
import { eventTypesQuery, progressQuery } from '../queries';
import { ChosenFilters } from './ChosenFilters';
import classes from './EventFilterBar.module.css';
import type { FilterProps } from './FilterProps';
import { KindChips } from './KindChips';
import { ProcessingChips } from './ProcessingChips';

/** The kinds of events there are, what became of them, and what else is filtered; all of it lives in the address. */
export function EventFilterBar({ sessionId, ...filter }: FilterProps & { sessionId: number }) {
  const { search, onChange } = filter;
  const { data: types } = useQuery(eventTypesQuery(sessionId));
  const { data: progress } = useQuery(progressQuery([sessionId]));
  return (
    <div className={classes.chips} role="search" aria-label="Filter collections">
      <KindChips types={types} chosen={search.kind} onChoose={(kind) => onChange({ ...search, kind })} />
      <ProcessingChips
        counts={progress?.get(sessionId)?.processing}
        chosen={search.processing}
        onChoose={(processing) => onChange({ ...search, processing })}
      />
      <ChosenFilters {...filter} />
    </div>
  );
}
