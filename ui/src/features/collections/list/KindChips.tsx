import { Skeleton } from '@mantine/core';
import type { EventType } from '@/api/types';
import { compareKinds, kindOf } from '@/shared/format/kinds';
import { count } from '@/shared/format/numbers';
import classes from './KindChips.module.css';

interface Props {
  types: EventType[] | undefined;
  /** What the other filters leave of them. */
  left: EventType[] | undefined;
  chosen: string | undefined;
  onChoose: (kind: string | undefined) => void;
}

/** One chip for each kind of event of the session, with how many there are to see by it. */
export function KindChips({ types, left, chosen, onChoose }: Props) {
  if (!types) return <Skeleton height={30} width={420} radius="xl" />;
  const counts = left && new Map(left.map((type) => [type.eventType, type.count]));
  // Not by how many there are: a chip must not move away from under the pointer while a session runs.
  const sorted = withChosen(types, chosen).sort((a, b) => compareKinds(kindOf(a.eventType), kindOf(b.eventType)));
  return (
    <div className={classes.chips} role="group" aria-label="Kind">
      <Chip
        name="All"
        number={left && total(left)}
        most={total(types)}
        pressed={chosen === undefined}
        onClick={() => onChoose(undefined)}
      />
      {sorted.map((type) => {
        const kind = kindOf(type.eventType);
        return (
          <Chip
            key={type.eventType}
            name={kind.name === type.eventType ? type.eventTypeName : kind.name}
            number={counts && (counts.get(type.eventType) ?? 0)}
            most={type.count}
            colour={kind.colour}
            pressed={isSame(chosen, type.eventType)}
            onClick={() => onChoose(isSame(chosen, type.eventType) ? undefined : type.eventType)}
          />
        );
      })}
    </div>
  );
}

function total(types: EventType[]): number {
  return types.reduce((sum, type) => sum + type.count, 0);
}

/** The kinds, and the chosen one where the session has none of it: what empties the list must be there to take off. */
function withChosen(types: EventType[], chosen: string | undefined): EventType[] {
  if (chosen === undefined || types.some(({ eventType }) => isSame(chosen, eventType))) return [...types];
  return [...types, { eventType: chosen, eventTypeName: chosen, count: 0 }];
}

/** The service, too, finds kinds whatever their capitals. */
function isSame(chosen: string | undefined, eventType: string): boolean {
  return chosen?.toLowerCase() === eventType.toLowerCase();
}

interface ChipProps {
  name: string;
  /** As soon as it is known. */
  number: number | undefined;
  /** Room is kept for that many: a filter further on must not move away from under the pointer that chose it. */
  most: number;
  colour?: string;
  pressed: boolean;
  onClick: () => void;
}

function Chip({ name, number, most, colour, pressed, onClick }: ChipProps) {
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
      <span style={{ minWidth: `${count(most).length}ch` }}>{number === undefined ? '–' : count(number)}</span>
    </button>
  );
}
