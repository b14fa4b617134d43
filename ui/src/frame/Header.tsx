import { ActionIcon } from '@mantine/core';
import { IconQuestionMark } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { Breadcrumb } from './Breadcrumb';
import classes from './Header.module.css';
import { LiveMark } from './LiveMark';
import { ThemeToggle } from './ThemeToggle';
import { UserMenu } from './UserMenu';

const GlobalSearch = lazy(async () => ({ default: (await import('./GlobalSearch')).GlobalSearch }));

export function Header({ onHelp }: { onHelp: () => void }) {
  return (
    <header className={classes.header}>
      <Link to="/" className={classes.brand} aria-label="ISPyB, first page">
        <img src="/mark.svg" alt="" width={26} height={26} />
        <span className={classes.word}>ISPyB</span>
      </Link>
      <Breadcrumb />
      <div className={classes.search}>
        <Suspense>
          <GlobalSearch />
        </Suspense>
      </div>
      <div className={classes.tools}>
        <LiveMark />
        <ActionIcon
          variant="subtle"
          color="gray"
          size="lg"
          onClick={onHelp}
          aria-label="Show the keys"
          title="Keys (?)"
          className={classes.help}
        >
          <IconQuestionMark size={18} stroke={1.7} />
        </ActionIcon>
        <ThemeToggle />
        <UserMenu />
      </div>
    </header>
  );
}
