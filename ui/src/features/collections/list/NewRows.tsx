import { IconArrowUp } from '@tabler/icons-react';
import { plural } from '@/shared/format/numbers';
import classes from './NewRows.module.css';

/** Announces what arrived while the reader was further down; nothing moves until it is pressed. */
export function NewRows({ waiting, onShow }: { waiting: number; onShow: () => void }) {
  return (
    <div className={classes.place} aria-live="polite">
      {waiting > 0 && (
        <button type="button" className={classes.button} data-testid="new-collections" onClick={onShow}>
          <IconArrowUp size={15} stroke={2} aria-hidden="true" />
          {waiting >= 25 ? 'Many new collections' : plural(waiting, 'new collection')}
        </button>
      )}
    </div>
  );
}
