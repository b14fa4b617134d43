import { IconStar, IconStarFilled } from '@tabler/icons-react';
import classes from './FavouriteButton.module.css';
import type { Favourite } from './useFavourite';

/** A star: full for a favourite. It says so when it could not be saved. */
export function FavouriteButton({ favourite: { marked, toggle, error } }: { favourite: Favourite }) {
  return (
    <>
      <button
        type="button"
        className={classes.button}
        aria-pressed={marked}
        aria-label="Favourite"
        title={marked ? 'A favourite of everybody here (f)' : 'Mark as a favourite, for everybody here (f)'}
        data-favourite={marked}
        onClick={toggle}
      >
        {marked ? (
          <IconStarFilled size={16} aria-hidden="true" />
        ) : (
          <IconStar size={16} stroke={1.7} aria-hidden="true" />
        )}
      </button>
      {error && (
        <span role="alert" className={classes.failure}>
          Not marked: {error.message}
        </span>
      )}
    </>
  );
}

/** The star of what was marked with another program. */
export function FavouriteMark() {
  return <IconStarFilled size={16} className={classes.mark} role="img" aria-label="Favourite" />;
}
