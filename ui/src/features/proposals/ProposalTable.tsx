import { Link } from '@tanstack/react-router';
import type { Proposal } from '@/api/types';
import { count } from '@/shared/format/numbers';
import { day } from '@/shared/format/times';
import classes from '@/shared/Table.module.css';

export function ProposalTable({ proposals }: { proposals: Proposal[] }) {
  return (
    <div className={classes.frame}>
      <table className={classes.table} data-stacks>
        <thead>
          <tr>
            <th>Proposal</th>
            <th>Title</th>
            <th>State</th>
            <th>Beamlines</th>
            <th className={classes.number}>Sessions</th>
            <th className={classes.number}>People</th>
            <th>Latest session</th>
          </tr>
        </thead>
        <tbody>
          {proposals.map((proposal) => (
            <tr key={proposal.proposalId}>
              <th scope="row">
                <Link to="/proposals/$proposal" params={{ proposal: proposal.proposal }}>
                  {proposal.proposal}
                </Link>
              </th>
              <td className={classes.wide} title={proposal.title ?? undefined}>
                {proposal.title}
              </td>
              <td>{proposal.state ?? '–'}</td>
              <td>{proposal._metadata.beamLines.join(', ') || '–'}</td>
              <td className={classes.number} data-label="Sessions">
                {count(proposal._metadata.sessions)}
              </td>
              <td className={classes.number} data-label="People">
                {count(proposal._metadata.persons)}
              </td>
              <td data-label="Latest session">
                {proposal._metadata.lastSession ? day(proposal._metadata.lastSession) : '–'}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
