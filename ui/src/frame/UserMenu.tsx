import { IconLogout, IconUserCircle } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useLogout, userQuery } from '@/features/auth/queries';
import { Popup } from '@/shared/Popup';
import classes from './UserMenu.module.css';

export function UserMenu() {
  const { data: user } = useQuery(userQuery());
  const logout = useLogout();
  const navigate = useNavigate();
  const given = [user?.givenName, user?.familyName].filter(Boolean).join(' ');
  const name = given === '' ? (user?.login ?? 'you') : given;
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
      <button type="button" onClick={() => void leave()}>
        <IconLogout size={16} stroke={1.7} aria-hidden="true" />
        Log out
      </button>
    </Popup>
  );
}
