import { IconArrowUp } from '@tabler/icons-react';
import type { Event } from '@/api/types';
import { plural } from '@/shared/format/numbers';
import { HEAD } from '../queries';
import classes from './NewRows.module.css';

/** Announces what arrived while the reader was further down; nothing moves until it is pressed. */
export function NewRows({ waiting, onShow }: { waiting: Event[]; onShow: () => void }) {
  return (
    <div className={classes.place} aria-live="polite">
      {waiting.length > 0 && (
        <button type="button" className={classes.button} data-testid="new-collections" onClick={onShow}>
          <IconArrowUp size={15} stroke={2} aria-hidden="true" />
          {words(waiting)}
        </button>
      )}
    </div>
  );
}

/** Collections are what one waits for; robot actions and scans are counted only when nothing else came. */
function words(waiting: Event[]): string {
  if (waiting.length >= HEAD) return 'Many new collections';
  const collections = waiting.filter(({ type }) => type === 'dc').length;
  return collections > 0 ? plural(collections, 'new collection') : plural(waiting.length, 'new event');
}
