import type { Centring, FoundCrystal } from '@/api/types';
import { count, fixed, plural, significant } from '@/shared/format/numbers';
import { StateMark } from '@/shared/states/StateMark';
import classes from './CentreLine.module.css';

interface Props {
  centring: Centring;
  crystal: FoundCrystal | undefined;
}

/** Where X-ray centring found the crystal, in numbers. */
export function CentreLine({ centring, crystal }: Props) {
  const found = centring.status === 'success' && crystal;
  const places = crystal && [
    ['x', crystal.centreOfMassX],
    ['y', crystal.centreOfMassY],
    ['z', crystal.centreOfMassZ],
  ];
  return (
    <p className={classes.line} data-testid="centring">
      <StateMark state={found ? 'success' : 'failed'} size={12} />
      <span>
        X-ray centring{centring.xrayCentringType && ` in ${centring.xrayCentringType.replace('d', '-D')}`}
        {!found && ' found no crystal'}
      </span>
      {found && places && (
        <>
          <i className={classes.mark} aria-hidden="true" />
          <b>
            {places
              .filter(([, value]) => typeof value === 'number')
              .map(([name, value]) => `${name} ${fixed(Number(value), 1)}`)
              .join(', ')}{' '}
            boxes
          </b>
          {typeof found.numberOfVoxels === 'number' && (
            <span>{plural(found.numberOfVoxels, 'box', 'boxes')} of crystal</span>
          )}
          {typeof found.totalCount === 'number' && (
            <span>
              {found.totalCount >= 1000 ? count(found.totalCount) : significant(found.totalCount)} counted in them
            </span>
          )}
          {centring.XrayCentringResult.length > 1 && (
            <span>the best of {centring.XrayCentringResult.length} crystals</span>
          )}
        </>
      )}
    </p>
  );
}
