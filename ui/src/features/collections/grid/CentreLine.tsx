import type { Centring, FoundCrystal } from '@/api/types';
import { plural } from '@/shared/format/numbers';
import { StateMark } from '@/shared/states/StateMark';
import { centreWords } from './centre';
import classes from './CentreLine.module.css';
import type { Scanned } from './linked';

interface Props {
  centring: Centring;
  crystal: FoundCrystal | undefined;
  /** The grid scans that it is of. */
  views: Scanned[];
}

/** Where X-ray centring found the crystal, in numbers. */
export function CentreLine({ centring, crystal, views }: Props) {
  const found = centring.status === 'success' && crystal;
  const place = found && centreWords(found, views);
  return (
    <p className={classes.line} data-testid="centring">
      <StateMark state={found ? 'success' : 'failed'} size={12} />
      <span>
        X-ray centring{centring.xrayCentringType && ` in ${centring.xrayCentringType.replace('d', '-D')}`}
        {!found && ' found no crystal'}
      </span>
      {found && (
        <>
          <i className={classes.mark} aria-hidden="true" />
          {place && (
            <span title="Whole numbers are the middles of boxes, counted from 1 at the upper left corner of the grid">
              <b>{place.boxes}</b>
              {place.distance && ` (${place.distance} from the corner)`}
            </span>
          )}
          {typeof found.numberOfVoxels === 'number' && (
            <span>{plural(found.numberOfVoxels, 'box', 'boxes')} of crystal</span>
          )}
          {centring.XrayCentringResult.length > 1 && (
            <span>the best of {centring.XrayCentringResult.length} crystals</span>
          )}
        </>
      )}
    </p>
  );
}
