import { IconExternalLink, IconLogout, IconUser, IconUserCircle } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { uiOptionsQuery, useLogout, userQuery } from '@/features/auth/queries';
import { nameOf } from '@/shared/format/names';
import { Popup } from '@/shared/Popup';
import classes from './UserMenu.module.css';

export function UserMenu() {
  const { data: user } = useQuery(userQuery());
  const { data: options } = useQuery(uiOptionsQuery());
  const logout = useLogout();
  const navigate = useNavigate();
  const name = user ? nameOf(user) : 'you';
  async function leave() {
    await logout.mutateAsync();
    await navigate({ to: '/login', search: {} });
  }
  return (
    <Popup
      label={`User menu of ${name}`}
      face={<IconUserCircle size={20} stroke={1.6} />}
      align="end"
      testId="user-menu"
    >
      <div className={classes.who}>
        <strong>{name}</strong>
        <span>{user?.login}</span>
        {user && user.beamLines.length > 0 && <span>Staff of {user.beamLines.join(', ')}</span>}
      </div>
      <hr />
      <Link to="/account">
        <IconUser size={16} stroke={1.7} aria-hidden="true" />
        My account
      </Link>
      {options?.helpUrl && (
        <a href={options.helpUrl} target="_blank" rel="noreferrer">
          <IconExternalLink size={16} stroke={1.7} aria-hidden="true" />
          Help of {options.facility.name}
        </a>
      )}
      <button type="button" onClick={() => void leave()}>
        <IconLogout size={16} stroke={1.7} aria-hidden="true" />
        Log out
      </button>
    </Popup>
  );
}
