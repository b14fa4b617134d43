import { Button } from '@mantine/core';
import { IconUsers, IconX } from '@tabler/icons-react';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import type { PersonWhole } from '@/api/types';
import { userQuery } from '@/features/auth/queries';
import { nameOf } from '@/shared/format/names';
import { SearchField } from '@/shared/SearchField';
import { Message } from '@/shared/states/Message';
import table from '@/shared/Table.module.css';
import { AdminList } from '../AdminList';
import classes from '../AdminPage.module.css';
import { holds } from '../places';
import { groupQuery, peopleQuery } from '../queries';

const route = getRouteApi('/in/admin/people');

/** Everybody the facility knows, with laboratory and groups. */
export function PeoplePage() {
  const { search, group } = route.useSearch();
  const navigate = useNavigate({ from: '/admin/people' });
  const { data: user } = useQuery(userQuery());
  const { data: chosen } = useQuery({ ...groupQuery(group ?? 0), enabled: group !== undefined });
  return (
    <>
      <title>People · ISPyB</title>
      <div className={classes.bar}>
        <SearchField
          label="Search people"
          placeholder="First letters of a name or log-in"
          value={search}
          onChange={(text) => void navigate({ search: (was) => ({ ...was, search: text }), replace: true })}
          className={classes.search}
        />
        {group !== undefined && (
          <Button
            variant="default"
            rightSection={<IconX size={15} />}
            onClick={() => void navigate({ search: (was) => ({ ...was, group: undefined }), replace: true })}
            aria-label="Show everybody"
          >
            Members of {chosen?.name ?? '…'}
          </Button>
        )}
      </div>
      <AdminList
        query={useInfiniteQuery(peopleQuery({ search, userGroupId: group }))}
        empty={
          <Message
            icon={<IconUsers size={22} stroke={1.7} />}
            title={search ? `Nobody’s name begins with “${search}”` : 'Nobody is known yet'}
          >
            People come from the user portal, from a directory at their first log-in, or with a proposal.
          </Message>
        }
      >
        {(people) => <PeopleTable people={people} addresses={holds(user, 'manage_persons')} />}
      </AdminList>
    </>
  );
}

function PeopleTable({ people, addresses }: { people: PersonWhole[]; addresses: boolean }) {
  return (
    <div className={table.frame}>
      <table className={table.table} data-stacks>
        <thead>
          <tr>
            <th>Name</th>
            <th>Log-in</th>
            {addresses && <th>E-mail</th>}
            <th>Laboratory</th>
            <th>Groups</th>
          </tr>
        </thead>
        <tbody>
          {people.map((person) => (
            <tr key={person.personId}>
              <th scope="row">{nameOf(person)}</th>
              <td>{person.login ?? <span className={table.dim}>cannot log in</span>}</td>
              {addresses && <td>{person.emailAddress ?? '–'}</td>}
              <td className={table.wide}>
                {[person.Laboratory?.name, person.Laboratory?.city].filter(Boolean).join(', ') || '–'}
              </td>
              <td data-label="Groups">
                <Groups of={person} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Groups({ of }: { of: PersonWhole }) {
  if (of.UserGroups.length === 0) return <span className={table.dim}>none</span>;
  return of.UserGroups.map(({ userGroupId, name }, index) => (
    <span key={userGroupId}>
      {index > 0 && ', '}
      <Link to="/admin/groups/$userGroupId" params={{ userGroupId }}>
        {name}
      </Link>
    </span>
  ));
}
