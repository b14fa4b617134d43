import { Menu, Skeleton } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { Session } from '@/api/types';
import { someSessionsQuery } from '@/features/sessions/queries';
import { span } from '@/shared/format/times';
import classes from './Breadcrumb.module.css';

/** The session of this page; its menu leads to the proposal's other sessions. */
export function SessionSwitcher({ session }: { session: Session }) {
  const [opened, setOpened] = useState(false);
  const { data } = useQuery({ ...someSessionsQuery({ proposal: session.proposal }, 12), enabled: opened });
  return (
    <Menu opened={opened} onChange={setOpened} position="bottom-start" width={300}>
      <Menu.Target>
        <button type="button" className={classes.crumb} aria-label={`Session ${session.session}: switch`}>
          {session.session}
          <IconChevronDown size={14} aria-hidden="true" />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        {data ? null : <Skeleton height={120} m={8} />}
        {data?.results.map((other) => (
          <Menu.Item
            key={other.sessionId}
            component={Link}
            to="/sessions/$sessionId"
            params={{ sessionId: other.sessionId } as never}
            className={other.sessionId === session.sessionId ? classes.current : undefined}
          >
            <span className={classes.option}>
              {other.session} · {other.beamLineName}
              <span>{span(other.startDate, other.endDate)}</span>
            </span>
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
