import {
  IconCalendarEvent,
  IconCube,
  IconFolders,
  IconLayoutSidebarLeftCollapse,
  IconLayoutSidebarLeftExpand,
  IconPlayerPlay,
  IconSettings,
} from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { adminPlaces } from '@/features/admin/places';
import { userQuery } from '@/features/auth/queries';
import classes from './Rail.module.css';

const PLACES = [
  { to: '/', name: 'Now', icon: IconPlayerPlay },
  { to: '/sessions', name: 'Sessions', icon: IconCalendarEvent },
  { to: '/proposals', name: 'Proposals', icon: IconFolders },
  { to: '/cells', name: 'Crystals', icon: IconCube },
] as const;

/** The places of the page: a rail at the left, a bar at the bottom of a phone. */
export function Rail({ folded, onFold }: { folded: boolean; onFold: () => void }) {
  const { data: user } = useQuery(userQuery());
  const [admin] = adminPlaces(user);
  // A collection on a page of its own belongs to its session.
  const inCollection = useParams({ strict: false, select: ({ dataCollectionId }) => dataCollectionId !== undefined });
  const Fold = folded ? IconLayoutSidebarLeftExpand : IconLayoutSidebarLeftCollapse;
  return (
    <nav className={classes.rail} aria-label="Places" data-folded={folded}>
      {PLACES.map(({ to, name, icon: Icon }) => (
        <Link
          key={to}
          to={to}
          className={classes.place}
          activeOptions={{ exact: to === '/', includeSearch: false }}
          data-here={(to === '/sessions' && inCollection) || undefined}
          aria-label={name}
          title={folded ? name : undefined}
        >
          <Icon size={20} stroke={1.7} aria-hidden="true" />
          <span className={classes.name}>{name}</span>
        </Link>
      ))}
      {admin && (
        <Link
          to="/admin"
          className={classes.place}
          data-apart
          activeOptions={{ includeSearch: false }}
          aria-label="Administration"
          title={folded ? 'Administration' : undefined}
        >
          <IconSettings size={20} stroke={1.7} aria-hidden="true" />
          <span className={classes.name}>Administration</span>
        </Link>
      )}
      <button
        type="button"
        className={classes.fold}
        onClick={onFold}
        aria-expanded={!folded}
        aria-label={folded ? 'Unfold the rail' : 'Fold the rail'}
      >
        <Fold size={20} stroke={1.7} aria-hidden="true" />
        <span className={classes.name}>Fold</span>
      </button>
    </nav>
  );
}
