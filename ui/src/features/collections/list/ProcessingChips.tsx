import type { Progress } from '@/api/types';
import type { Standing } from '@/app/search';
import { count } from '@/shared/format/numbers';
import { StateMark } from '@/shared/states/StateMark';
import { STANDINGS } from '../standings';
import chips from './KindChips.module.css';
import classes from './ProcessingChips.module.css';

interface Props {
  counts: Progress['processing'] | undefined;
  chosen: Standing | undefined;
  onChoose: (standing: Standing | undefined) => void;
}

/**
 * One chip for each thing that may have become of collections; none while no program has worked on any. What is being
 * processed comes and goes: it stands last.
 */
export function ProcessingChips({ counts, chosen, onChoose }: Props) {
  const some = counts && Object.values(counts).some((number) => number > 0);
  if (!some && chosen === undefined) return null;
  const shown = STANDINGS.filter(({ value }) => value !== 'running' || value === chosen || counts?.running !== 0);
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
            <StateMark state={value} size={12} mute />
            {label}
            {counts && <span>{count(counts[value])}</span>}
          </button>
        ))}
      </div>
    </>
  );
}
