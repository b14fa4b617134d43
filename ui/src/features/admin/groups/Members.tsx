import { ActionIcon } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { GroupWhole } from '@/api/types';
import { nameOf } from '@/shared/format/names';
import { count } from '@/shared/format/numbers';
import { Failure } from '@/shared/states/Failure';
import { Undo, type Undoable } from '@/shared/Undo';
import { PersonPicker } from '../PersonPicker';
import { change, useAdminChange } from '../queries';
import classes from './GroupPage.module.css';

/** Who is in a group; added by search, removed with a way back. */
export function Members({ group }: { group: GroupWhole }) {
  const { userGroupId, Persons: members, _metadata: state } = group;
  const add = useAdminChange(change.addPerson);
  const remove = useAdminChange(change.removePerson);
  const [done, setDone] = useState<Undoable | null>(null);

  function added(personId: number, name: string) {
    add.mutate(
      { userGroupId, personId },
      { onSuccess: () => setDone({ text: `${name} was added.`, undo: () => removed(personId, name) }) },
    );
  }
  function removed(personId: number, name: string) {
    remove.mutate(
      { userGroupId, personId },
      { onSuccess: () => setDone({ text: `${name} was removed.`, undo: () => added(personId, name) }) },
    );
  }
  const pending = add.isPending || remove.isPending;
  const error = add.error ?? remove.error;
  return (
    <section aria-label="Members">
      <div className={classes.title}>
        <h3>Members · {count(state.persons)}</h3>
        <Undo done={done} pending={pending} />
      </div>
      {state.mayChangePersons && (
        <PersonPicker
          label="Add somebody"
          without={new Set(members.map(({ personId }) => personId))}
          onPick={(person) => added(person.personId, nameOf(person))}
          disabled={pending}
        />
      )}
      {error && <Failure error={error} />}
      {members.length === 0 ? (
        <p className={classes.none}>Nobody is in this group.</p>
      ) : (
        <ul className={classes.list}>
          {members.map((person) => (
            <li key={person.personId}>
              <span className={classes.what}>
                <b>{nameOf(person)}</b>
                <small>{person.login ?? 'cannot log in'}</small>
              </span>
              {state.mayChangePersons && (
                <ActionIcon
                  variant="subtle"
                  color="gray"
                  size="lg"
                  disabled={pending}
                  onClick={() => removed(person.personId, nameOf(person))}
                  aria-label={`Remove ${nameOf(person)}`}
                  title="Remove"
                >
                  <IconX size={17} stroke={1.8} />
                </ActionIcon>
              )}
            </li>
          ))}
        </ul>
      )}
      {state.persons > members.length && (
        <p className={classes.note}>
          The first {count(members.length)} of {count(state.persons)}.{' '}
          <Link to="/admin/people" search={{ group: userGroupId }}>
            All of them
          </Link>
        </p>
      )}
    </section>
  );
}
