import { Input, SegmentedControl, Select, TextInput } from '@mantine/core';
import { useId } from 'react';
import type { RecipeParameter } from '@/api/types';
import { CELL_PARTS, cellParts, withCellPart } from './parameters';
import classes from './Reprocess.module.css';

interface Props {
  parameter: RecipeParameter;
  /** Empty where it is left to the pipeline. */
  value: string;
  refusal: string | undefined;
  onChange: (value: string) => void;
}

/** One thing that may be set, as a field of its kind. */
export function ParameterField({ parameter, value, refusal, onChange }: Props) {
  const { title, hint, kind, unit, choices, minimum, maximum } = parameter;
  const id = useId();
  const about = { label: title, description: hint ?? undefined, error: refusal };
  if (kind === 'flag') {
    return (
      <Input.Wrapper {...about} labelElement="div" labelProps={{ id }}>
        <SegmentedControl
          aria-labelledby={id}
          size="xs"
          className={classes.flag}
          data={[
            { value: '', label: 'As usual' },
            { value: 'true', label: 'Yes' },
            { value: 'false', label: 'No' },
          ]}
          value={value}
          onChange={onChange}
        />
      </Input.Wrapper>
    );
  }
  if (kind === 'choice') {
    return (
      <Select
        {...about}
        placeholder="Left to the pipeline"
        data={choices ?? []}
        value={value === '' ? null : value}
        onChange={(next) => onChange(next ?? '')}
        clearable
      />
    );
  }
  if (kind === 'cell') return <CellField {...about} value={value} onChange={onChange} />;
  const isNumber = kind === 'number' || kind === 'integer';
  return (
    <TextInput
      {...about}
      placeholder={isNumber ? boundsOf(minimum, maximum) : 'Left to the pipeline'}
      inputMode={kind === 'integer' ? 'numeric' : isNumber ? 'decimal' : undefined}
      rightSection={unit ? <span className={classes.unit}>{unit}</span> : undefined}
      maxLength={1024}
      autoComplete="off"
      spellCheck={false}
      value={value}
      onChange={({ currentTarget }) => onChange(isNumber ? currentTarget.value.replace(',', '.') : currentTarget.value)}
    />
  );
}

function boundsOf(minimum: number | null | undefined, maximum: number | null | undefined): string {
  const [low, high] = [minimum ?? null, maximum ?? null];
  if (low !== null && high !== null) return `${low} to ${high}`;
  if (low !== null) return `${low} or more`;
  return high === null ? 'Left to the pipeline' : `up to ${high}`;
}

interface CellProps {
  label: string;
  description: string | undefined;
  error: string | undefined;
  value: string;
  onChange: (value: string) => void;
}

function CellField({ label, description, error, value, onChange }: CellProps) {
  return (
    <Input.Wrapper label={label} description={description} error={error} labelElement="div">
      <div className={classes.cell} role="group" aria-label={label}>
        {cellParts(value).map((part, index) => (
          <TextInput
            key={CELL_PARTS[index]}
            aria-label={`${label}, ${CELL_PARTS[index]}`}
            leftSection={<i>{CELL_PARTS[index]}</i>}
            rightSection={<span className={classes.unit}>{index < 3 ? 'Å' : '°'}</span>}
            size="xs"
            inputMode="decimal"
            autoComplete="off"
            error={error !== undefined}
            value={part}
            onChange={({ currentTarget }) => onChange(withCellPart(value, index, currentTarget.value))}
          />
        ))}
      </div>
    </Input.Wrapper>
  );
}
