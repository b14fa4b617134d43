import { Skeleton } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { Session } from '@/api/types';
import { someSessionsQuery } from '@/features/sessions/queries';
import { span } from '@/shared/format/times';
import { Popup } from '@/shared/Popup';
import classes from './Breadcrumb.module.css';

/** The session of this page; its menu leads to the proposal's other sessions. */
export function SessionSwitcher({ session }: { session: Session }) {
  const face = (
    <>
      {session.session}
      <IconChevronDown size={14} aria-hidden="true" />
    </>
  );
  return (
    <Popup label={`Session ${session.session ?? session.sessionId}: switch`} face={face} faceClass={classes.crumb}>
      <Sessions current={session} />
    </Popup>
  );
}

function Sessions({ current }: { current: Session }) {
  const { data } = useQuery(someSessionsQuery({ proposal: current.proposal }, 12));
  if (!data) return <Skeleton height={160} width={260} />;
  return data.results.map(({ sessionId, session, beamLineName, startDate, endDate }) => (
    <Link
      key={sessionId}
      to="/sessions/$sessionId"
      params={{ sessionId }}
      className={sessionId === current.sessionId ? classes.current : undefined}
      aria-current={sessionId === current.sessionId ? 'true' : undefined}
    >
      <span className={classes.option}>
        {session} · {beamLineName}
        <span>{span(startDate, endDate)}</span>
      </span>
    </Link>
  ));
}
