import { Skeleton } from '@mantine/core';
import { IconBuilding, IconEye, IconKey, IconUsersGroup } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { Access } from '@/api/types';
import { nameOf } from '@/shared/format/names';
import { count } from '@/shared/format/numbers';
import { ErrorState } from '@/shared/states/ErrorState';
import classes from './AccessPanel.module.css';
import { accessQuery, type Seen } from './queries';
import { mayWords } from './sentences';

interface Props {
  of: Seen;
  /** What is known of a person beside why they see it, such as their part in a session. */
  part?: (personId: number) => string | null;
}

/** Who sees something, and why: oneself first, then people, groups and keys. */
export function AccessPanel({ of, part }: Props) {
  const { data, error, refetch } = useQuery(accessQuery(of));
  if (error && !data) return <ErrorState error={error} onRetry={() => void refetch()} compact />;
  if (!data) return <Skeleton height={280} radius="lg" />;
  return (
    <div className={classes.panel} data-testid="access-panel">
      <You you={data.you} />
      <People people={data.people} part={part} />
      <Groups groups={data.groups} />
      {data.keys.length > 0 && (
        <Fold icon={<IconKey size={16} stroke={1.7} />} title="Keys of programs" number={data.keys.length}>
          {data.keys.map(({ name, because }) => (
            <Line key={name} name={name} because={[because]} />
          ))}
        </Fold>
      )}
      {!data.complete && <p className={classes.more}>{more(data)}</p>}
    </div>
  );
}

function more({ people, groups }: Access): string {
  if (people.length + groups.length === 0) return 'Who else sees it is told to those of its own proposal.';
  return 'More may see it than are listed here.';
}

function You({ you }: { you: Access['you'] }) {
  return (
    <section className={classes.you} aria-label="You">
      <IconEye size={20} stroke={1.6} aria-hidden="true" />
      <div>
        <h3>Why you see this</h3>
        <p>{you.because}</p>
        <p className={classes.may}>{mayWords(you.may)}</p>
      </div>
    </section>
  );
}

function People({ people, part }: { people: Access['people']; part: Props['part'] }) {
  if (!part) return <Persons title="People" people={people} />;
  const takes = people.filter(({ personId }) => part(personId) !== null);
  const others = people.filter(({ personId }) => part(personId) === null);
  return (
    <>
      <Persons title="Take part" people={takes} part={part} />
      <Persons title={takes.length > 0 ? 'Do not take part, but see it' : 'People'} people={others} />
    </>
  );
}

function Persons({ title, people, part }: { title: string; people: Access['people']; part?: Props['part'] }) {
  if (people.length === 0) return null;
  return (
    <section aria-label={title}>
      <h3>
        {title} · {count(people.length)}
      </h3>
      <ul className={classes.lines}>
        {people.map((person) => (
          <Line
            key={person.personId}
            name={nameOf(person)}
            beside={[part?.(person.personId), person.laboratory].filter(Boolean).join(' · ')}
            because={person.because}
          />
        ))}
      </ul>
    </section>
  );
}

function Groups({ groups }: { groups: Access['groups'] }) {
  const of = (kind: Access['groups'][number]['kind']) => groups.filter((group) => group.kind === kind);
  const [laboratories, staff, administrators] = [of('laboratory'), of('staff'), of('administrators')];
  return (
    <>
      {laboratories.length > 0 && (
        <section aria-label="Laboratories it is shared with">
          <h3>Laboratories it is shared with</h3>
          <ul className={classes.lines}>{laboratories.map(toLine)}</ul>
        </section>
      )}
      {staff.length > 0 && (
        <Fold icon={<IconBuilding size={16} stroke={1.7} />} title="Staff of its beamlines" number={staff.length} open>
          {staff.map(toLine)}
        </Fold>
      )}
      {administrators.length > 0 && (
        <Fold icon={<IconUsersGroup size={16} stroke={1.7} />} title="Administrators" number={administrators.length}>
          {administrators.map(toLine)}
        </Fold>
      )}
    </>
  );
}

function toLine({ name, because }: Access['groups'][number]) {
  return <Line key={name} name={name} because={[because]} />;
}

interface FoldProps {
  icon: ReactNode;
  title: string;
  number: number;
  open?: boolean;
  children: ReactNode;
}

function Fold({ icon, title, number, open = false, children }: FoldProps) {
  return (
    <details className={classes.fold} open={open}>
      <summary>
        <span aria-hidden="true">{icon}</span>
        {title} · {count(number)}
      </summary>
      <ul className={classes.lines}>{children}</ul>
    </details>
  );
}

function Line({ name, beside, because }: { name: string; beside?: string; because: string[] }) {
  return (
    <li>
      <span className={classes.who}>
        <b>{name}</b>
        {beside && <small>{beside}</small>}
      </span>
      <span className={classes.because}>{because.join(' ')}</span>
    </li>
  );
}
