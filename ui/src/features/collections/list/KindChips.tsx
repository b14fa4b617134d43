import { Skeleton } from '@mantine/core';
import type { EventType } from '@/api/types';
import { compareKinds, kindOf } from '@/shared/format/kinds';
import { count } from '@/shared/format/numbers';
import classes from './KindChips.module.css';

interface Props {
  types: EventType[] | undefined;
  chosen: string | undefined;
  onChoose: (kind: string | undefined) => void;
}

/** One chip for each kind of event of the session, with how many there are. */
export function KindChips({ types, chosen, onChoose }: Props) {
  if (!types) return <Skeleton height={30} width={420} radius="xl" />;
  const total = types.reduce((sum, type) => sum + type.count, 0);
  // Not by how many there are: a chip must not move away from under the pointer while a session runs.
  const sorted = [...types].sort((a, b) => compareKinds(kindOf(a.eventType), kindOf(b.eventType)));
  return (
    <div className={classes.chips} role="group" aria-label="Kind">
      <Chip name="All" number={total} pressed={chosen === undefined} onClick={() => onChoose(undefined)} />
      {sorted.map((type) => {
        const kind = kindOf(type.eventType);
        return (
          <Chip
            key={type.eventType}
            name={kind.name === type.eventType ? type.eventTypeName : kind.name}
            number={type.count}
            colour={kind.colour}
            pressed={chosen === type.eventType}
            onClick={() => onChoose(chosen === type.eventType ? undefined : type.eventType)}
          />
        );
      })}
    </div>
  );
}

interface ChipProps {
  name: string;
  number: number;
  colour?: string;
  pressed: boolean;
  onClick: () => void;
}

function Chip({ name, number, colour, pressed, onClick }: ChipProps) {
  return (
    <button
      type="button"
      className={classes.chip}
      aria-pressed={pressed}
      onClick={onClick}
      style={colour ? { '--kind': colour } : undefined}
    >
      {colour && <i aria-hidden="true" />}
      {name}
      <span>{count(number)}</span>
    </button>
  );
}
