import type { Kind } from '@/shared/format/kinds';
import classes from './KindBadge.module.css';

/** The kind of an event: icon, word and colour, the same on every page. */
export function KindBadge({ kind }: { kind: Kind }) {
  const Icon = kind.icon;
  return (
    <span className={classes.badge} style={{ '--kind': kind.colour }}>
      <Icon size={14} stroke={1.9} aria-hidden="true" />
      {kind.name}
    </span>
  );
}
