import { Skeleton } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { someProposalsQuery } from '@/features/proposals/queries';
import { Popup } from '@/shared/Popup';
import classes from './Breadcrumb.module.css';

/** The proposal of this page; its menu leads to the others. */
export function ProposalSwitcher({ proposal }: { proposal: string }) {
  const face = (
    <>
      {proposal}
      <IconChevronDown size={14} aria-hidden="true" />
    </>
  );
  return (
    <Popup label={`Proposal ${proposal}: switch`} face={face} faceClass={classes.crumb}>
      <Link to="/proposals/$proposal" params={{ proposal }}>
        Open {proposal}
      </Link>
      <hr />
      <Proposals current={proposal} />
      <hr />
      <Link to="/proposals">All proposals</Link>
    </Popup>
  );
}

function Proposals({ current }: { current: string }) {
  const { data } = useQuery(someProposalsQuery(undefined, 12));
  if (!data) return <Skeleton height={160} width={280} />;
  return data.results.map(({ proposalId, proposal, title }) => (
    <Link
      key={proposalId}
      to="/proposals/$proposal"
      params={{ proposal }}
      className={proposal === current ? classes.current : undefined}
      aria-current={proposal === current ? 'true' : undefined}
    >
      <span className={classes.option}>
        {proposal}
        <span>{title}</span>
      </span>
    </Link>
  ));
}
