import { Menu, Skeleton } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { someProposalsQuery } from '@/features/proposals/queries';
import classes from './Breadcrumb.module.css';

/** The proposal of this page; its menu leads to the others. */
export function ProposalSwitcher({ proposal }: { proposal: string }) {
  const [opened, setOpened] = useState(false);
  const { data } = useQuery({ ...someProposalsQuery(undefined, 12), enabled: opened });
  return (
    <Menu opened={opened} onChange={setOpened} position="bottom-start" width={320}>
      <Menu.Target>
        <button type="button" className={classes.crumb} aria-label={`Proposal ${proposal}: switch`}>
          {proposal}
          <IconChevronDown size={14} aria-hidden="true" />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item component={Link} to="/proposals/$proposal" params={{ proposal } as never}>
          Open {proposal}
        </Menu.Item>
        <Menu.Divider />
        {data ? null : <Skeleton height={120} m={8} />}
        {data?.results.map((other) => (
          <Menu.Item
            key={other.proposalId}
            component={Link}
            to="/proposals/$proposal"
            params={{ proposal: other.proposal } as never}
            className={other.proposal === proposal ? classes.current : undefined}
          >
            <span className={classes.option}>
              {other.proposal}
              <span>{other.title}</span>
            </span>
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item component={Link} to="/proposals">
          All proposals
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
