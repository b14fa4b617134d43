import type { ReactNode } from 'react';
import classes from './Message.module.css';

interface Props {
  title: string;
  children?: ReactNode;
  icon?: ReactNode;
  actions?: ReactNode;
  tone?: 'quiet' | 'error';
  compact?: boolean;
}

/** A page or panel that has nothing to show: says what would be here, or what happened and what to do. */
export function Message({ title, children, icon, actions, tone = 'quiet', compact = false }: Props) {
  return (
    <div
      className={classes.message}
      data-tone={tone}
      data-compact={compact}
      role={tone === 'error' ? 'alert' : undefined}
    >
      {icon && <div className={classes.icon}>{icon}</div>}
      <p className={classes.title}>{title}</p>
      {children && <div className={classes.text}>{children}</div>}
      {actions && <div className={classes.actions}>{actions}</div>}
    </div>
  );
}
