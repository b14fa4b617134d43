import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { eventTypesQuery, filtersOf, progressQuery } from '../queries';
import { ChosenFilters } from './ChosenFilters';
import classes from './EventFilterBar.module.css';
import type { FilterProps } from './FilterProps';
import { FavouriteChip } from './FavouriteChip';
import { KindChips } from './KindChips';
import { ProcessingChips } from './ProcessingChips';

/** The kinds of events there are, what became of them, and what else is filtered; all of it lives in the address. */
export function EventFilterBar({ sessionId, ...filter }: FilterProps & { sessionId: number }) {
  const { search, onChange } = filter;
  const { data: types } = useQuery(eventTypesQuery({ sessionId }));
  const { data: left } = useQuery(eventTypesQuery(filtersOf(sessionId, { ...search, kind: undefined })));
  const { data: progress } = useQuery(progressQuery([sessionId]));
  const chips = useRef<HTMLDivElement>(null);
  const isWhole = types !== undefined && progress !== undefined;
  // On a phone they are one long line, and what hides most of the list must not be out of sight.
  useEffect(() => {
    if (!isWhole || (search.kind ?? search.processing ?? search.favourite) === undefined) return;
    const chosen = [...(chips.current?.querySelectorAll('[aria-pressed=true]') ?? [])].at(-1);
    chosen?.scrollIntoView({ block: 'nearest', inline: 'center' });
  }, [isWhole, search.kind, search.processing, search.favourite]);
  return (
    <div ref={chips} className={classes.chips} role="search" aria-label="Filter collections">
      <KindChips types={types} left={left} chosen={search.kind} onChoose={(kind) => onChange({ ...search, kind })} />
      <ProcessingChips
        counts={progress?.get(sessionId)?.processing}
        chosen={search.processing}
        onChoose={(processing) => onChange({ ...search, processing })}
      />
      <FavouriteChip
        chosen={search.favourite === true}
        onChoose={(favourite) => onChange({ ...search, favourite: favourite || undefined })}
      />
      <ChosenFilters {...filter} />
    </div>
  );
}
