import { ActionIcon, NumberInput } from '@mantine/core';
import '@mantine/core/styles/NumberInput.css';
import { IconX } from '@tabler/icons-react';
import { plural } from '@/shared/format/numbers';
import type { Range, Sweep } from './ranges';
import classes from './Reprocess.module.css';

interface Props {
  sweep: Sweep;
  /** What the images are of, where they are not of this collection. */
  name?: string;
  whole: Range | null;
  /** Turn of the spindle during an image [°]. */
  width: number | null;
  refusal: string | undefined;
  onChange: (sweep: Sweep) => void;
  onRemove?: () => void;
}

/** The first and the last image as numbers, in step with the plot. */
export function SweepRow({ sweep, name, whole, width, refusal, onChange, onRemove }: Props) {
  const { first, last } = sweep;
  const images = first !== '' && last !== '' && last >= first ? last - first + 1 : null;
  const of = name ? ` of ${name}` : '';
  const bounds = whole ? { min: whole.first, max: whole.last } : { min: 1 };
  return (
    <div className={classes.sweep} role="group" aria-label={`Images${of}`}>
      {name && <b>{name}</b>}
      <NumberInput
        aria-label={`First image${of}`}
        size="xs"
        {...bounds}
        value={first}
        error={refusal !== undefined}
        allowDecimal={false}
        clampBehavior="none"
        onChange={(value) => onChange({ ...sweep, first: typeof value === 'number' ? value : '' })}
      />
      to
      <NumberInput
        aria-label={`Last image${of}`}
        size="xs"
        {...bounds}
        value={last}
        error={refusal !== undefined}
        allowDecimal={false}
        clampBehavior="none"
        onChange={(value) => onChange({ ...sweep, last: typeof value === 'number' ? value : '' })}
      />
      <span className={classes.quiet}>
        {images !== null && plural(images, 'image')}
        {images !== null && width ? `, ${Number((images * width).toFixed(2))}°` : ''}
      </span>
      {onRemove && (
        <ActionIcon variant="subtle" color="gray" onClick={onRemove} aria-label={`Leave out images${of}`}>
          <IconX size={16} />
        </ActionIcon>
      )}
      {refusal && (
        <p className={classes.refusal} role="alert">
          {refusal}
        </p>
      )}
    </div>
  );
}
