import {
  IconCalendarEvent,
  IconFolders,
  IconLayoutSidebarLeftCollapse,
  IconLayoutSidebarLeftExpand,
  IconPlayerPlay,
} from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import classes from './Rail.module.css';

const PLACES = [
  { to: '/', name: 'Now', icon: IconPlayerPlay },
  { to: '/sessions', name: 'Sessions', icon: IconCalendarEvent },
  { to: '/proposals', name: 'Proposals', icon: IconFolders },
] as const;

/** The places of the page: a rail at the left, a bar at the bottom of a phone. */
export function Rail({ folded, onFold }: { folded: boolean; onFold: () => void }) {
  const Fold = folded ? IconLayoutSidebarLeftExpand : IconLayoutSidebarLeftCollapse;
  return (
    <nav className={classes.rail} aria-label="Places" data-folded={folded}>
      {PLACES.map(({ to, name, icon: Icon }) => (
        <Link
          key={to}
          to={to}
          className={classes.place}
          activeOptions={{ exact: to === '/', includeSearch: false }}
          aria-label={name}
          title={folded ? name : undefined}
        >
          <Icon size={20} stroke={1.7} aria-hidden="true" />
          <span className={classes.name}>{name}</span>
        </Link>
      ))}
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
