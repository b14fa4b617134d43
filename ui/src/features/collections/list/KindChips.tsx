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
  const sorted = withChosen(types, chosen).sort((a, b) => compareKinds(kindOf(a.eventType), kindOf(b.eventType)));
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
            pressed={isSame(chosen, type.eventType)}
            onClick={() => onChoose(isSame(chosen, type.eventType) ? undefined : type.eventType)}
          />
        );
      })}
    </div>
  );
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
