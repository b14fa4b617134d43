import { IconLock } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link, Outlet, useLocation } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { userQuery } from '@/features/auth/queries';
import { Message } from '@/shared/states/Message';
import { MissingRight } from '@/shared/states/MissingRight';
import tabs from '@/shared/Tabs.module.css';
import classes from './AdminPage.module.css';
import { adminPlaces } from './places';

/** Around every page of administration: the tabs somebody may use. */
export function AdminPage() {
  const { data: user } = useQuery(userQuery());
  const places = adminPlaces(user);
  const tabBar = useRef<HTMLElement>(null);
  const path = useLocation({ select: ({ pathname }) => pathname });
  // On a narrow screen the tab of this page may lie beyond the edge.
  useEffect(() => {
    tabBar.current?.querySelector('[aria-current=page]')?.scrollIntoView({ block: 'nearest', inline: 'center' });
  }, [path]);
  if (places.length === 0) {
    return (
      <Message icon={<IconLock size={22} stroke={1.7} />} title="You administer nothing here">
        These pages are for people who look after groups, keys, options or the record of what was done. Somebody who
        looks after groups can add you to one that may.
        <MissingRight error={null} />
      </Message>
    );
  }
  return (
    <div className={classes.page}>
      <h1>Administration</h1>
      <nav ref={tabBar} className={tabs.tabs} aria-label="Administration">
        {places.map(({ to, name }) => (
          <Link key={to} to={to} className={tabs.tab} activeOptions={{ includeSearch: false }}>
            {name}
          </Link>
        ))}
      </nav>
      <Outlet />
    </div>
  );
}
