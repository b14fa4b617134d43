import { useQuery } from '@tanstack/react-query';
import { userQuery } from '@/features/auth/queries';
import { Shares } from '@/features/sharing/Shares';
import { nameOf } from '@/shared/format/names';
import { permissionWords } from '@/shared/format/permissions';
import { PageSkeleton } from '@/shared/states/PageSkeleton';
import type { CurrentUser } from '@/api/types';
import classes from './AccountPage.module.css';
import { OwnLogins } from './OwnLogins';

/** Who one is here, what one may do, and where one is logged in. */
export function AccountPage() {
  const { data: user } = useQuery(userQuery());
  if (!user) return <PageSkeleton />;
  return (
    <div className={classes.page}>
      <title>My account · ISPyB</title>
      <header>
        <h1>{nameOf(user)}</h1>
        <p>
          Log-in <b>{user.login}</b>. Name, e-mail and laboratory come from the facility.
        </p>
      </header>
      <Rights user={user} />
      <section>
        <h2>Shared with you</h2>
        <div className={classes.shares}>
          <Shares of={{}} only="you" none="Nobody has shared a sample with you." />
        </div>
      </section>
      <section>
        <h2>Where you are logged in</h2>
        <OwnLogins />
      </section>
    </div>
  );
}

function Rights({ user }: { user: CurrentUser }) {
  return (
    <section>
      <h2>What you may do</h2>
      <ul className={classes.rights}>
        <li>See the proposals and sessions you take part in, and what was shared with you.</li>
        {user.beamLines.length > 0 && (
          <li>
            See and look after every session on {listOf(user.beamLines)}, as staff
            {user.beamLineGroups.length > 0 && ` (${user.beamLineGroups.join(', ')})`}.
          </li>
        )}
        {user.Permissions.map((type) => {
          const words = permissionWords(type);
          return words === null ? null : (
            <li key={type}>
              {words.charAt(0).toUpperCase() + words.slice(1)} <code>{type}</code>
            </li>
          );
        })}
      </ul>
      <p className={classes.note}>
        Permissions come with user groups and count from the moment they are given or taken.
      </p>
    </section>
  );
}

function listOf(names: string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names[names.length - 1] ?? ''}`;
}
