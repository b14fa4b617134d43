import { ActionIcon, Menu } from '@mantine/core';
import { IconLogout, IconUserCircle } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useLogout, userQuery } from '@/features/auth/queries';
import classes from './UserMenu.module.css';

export function UserMenu() {
  const { data: user } = useQuery(userQuery());
  const logout = useLogout();
  const navigate = useNavigate();
  const name = [user?.givenName, user?.familyName].filter(Boolean).join(' ') || user?.login;
  async function leave() {
    await logout.mutateAsync();
    await navigate({ to: '/login', search: {} });
  }
  return (
    <Menu position="bottom-end" width={240}>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" size="lg" aria-label={`User menu of ${name ?? 'you'}`} data-testid="user-menu">
          <IconUserCircle size={20} stroke={1.6} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <div className={classes.who}>
          <strong>{name}</strong>
          <span>{user?.login}</span>
          {user && user.beamLines.length > 0 && <span>Staff of {user.beamLines.join(', ')}</span>}
        </div>
        <Menu.Divider />
        <Menu.Item leftSection={<IconLogout size={16} stroke={1.7} />} onClick={() => void leave()}>
          Log out
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
