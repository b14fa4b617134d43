import { useLocalStorage } from '@mantine/hooks';
import { Outlet } from '@tanstack/react-router';
import { fetchAhead } from '@/app/pages';
import { lazy, Suspense, useEffect, useState } from 'react';
import { useReconnect } from '@/live/useReconnect';
import { focusSearch } from '@/shared/keys/searchFocus';
import { useKeys } from '@/shared/keys/useKeys';
import { ConnectionLine } from './ConnectionLine';
import classes from './Frame.module.css';
import { Header } from './Header';
import { Rail } from './Rail';

const KeysHelp = lazy(async () => ({ default: (await import('./KeysHelp')).KeysHelp }));

/** What stays around every page: header, rail, and the line that says when the connection is lost. */
export function Frame() {
  const [folded, setFolded] = useLocalStorage({
    key: 'ispyb-rail-folded',
    defaultValue: false,
    getInitialValueInEffect: false,
  });
  const [help, setHelp] = useState(false);
  useEffect(fetchAhead, []);
  useReconnect();
  useKeys({ '/': focusSearch, '?': () => setHelp(true), '[': () => setFolded((was) => !was) });
  return (
    <div className={classes.frame} data-folded={folded}>
      <a className={classes.skip} href="#main">
        Skip to the page
      </a>
      <ConnectionLine />
      <Header onHelp={() => setHelp(true)} />
      <Rail folded={folded} onFold={() => setFolded(!folded)} />
      <main id="main" className={classes.main} tabIndex={-1}>
        <Outlet />
      </main>
      <Suspense>{help && <KeysHelp onClose={() => setHelp(false)} />}</Suspense>
    </div>
  );
}
