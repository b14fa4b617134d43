import { IconStar, IconStarFilled } from '@tabler/icons-react';
import classes from './KindChips.module.css';

interface Props {
  chosen: boolean;
  onChoose: (chosen: boolean) => void;
}

/** Leaves what people marked as favourites. */
export function FavouriteChip({ chosen, onChoose }: Props) {
  const Star = chosen ? IconStarFilled : IconStar;
  return (
    <button
      type="button"
      className={classes.chip}
      aria-pressed={chosen}
      title="What somebody here marked as a favourite"
      onClick={() => onChoose(!chosen)}
    >
      <Star size={14} aria-hidden="true" />
      Favourites
    </button>
  );
}
