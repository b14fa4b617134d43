import { IconCircleDashed } from '@tabler/icons-react';
import type { Progress } from '@/api/types';
import type { Processing } from '@/app/search';
import { count } from '@/shared/format/numbers';
import { StateMark } from '@/shared/states/StateMark';
import { STANDINGS } from '../standings';
import chips from './KindChips.module.css';
import classes from './ProcessingChips.module.css';

interface Props {
  counts: Progress['processing'] | undefined;
  chosen: Processing | undefined;
  onChoose: (processing: Processing | undefined) => void;
}

const NOT_PROCESSED = {
  value: 'none',
  label: 'Not processed',
  meaning:
    'Not processed: no program has worked on what was collected; grid scans, what failed and what still runs aside',
} as const;
/** What is being processed comes and goes: it stands last. */
const CHIPS = [
  ...STANDINGS.filter(({ value }) => value !== 'running'),
  NOT_PROCESSED,
  ...STANDINGS.filter(({ value }) => value === 'running'),
];

/**
 * One chip for each thing that may have become of collections, and one for what no program has worked on; none while
 * no program has worked on any.
 */
export function ProcessingChips({ counts, chosen, onChoose }: Props) {
  const some = counts && STANDINGS.some(({ value }) => counts[value] > 0);
  if (!some && chosen === undefined) return null;
  const shown = CHIPS.filter(({ value }) => value !== 'running' || value === chosen || counts?.running !== 0);
  return (
    <>
      <i className={classes.apart} aria-hidden="true" />
      <div className={classes.chips} role="group" aria-label="Processing">
        {shown.map(({ value, label, meaning }) => (
          <button
            key={value}
            type="button"
            className={chips.chip}
            aria-pressed={chosen === value}
            title={meaning}
            onClick={() => onChoose(chosen === value ? undefined : value)}
          >
            {value === 'none' ? (
              <IconCircleDashed size={12} stroke={1.8} aria-hidden="true" />
            ) : (
              <StateMark state={value} size={12} mute />
            )}
            {label}
            {counts && <span>{count(counts[value])}</span>}
          </button>
        ))}
      </div>
    </>
  );
}
