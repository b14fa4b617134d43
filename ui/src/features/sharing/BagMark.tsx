import { Button } from '@mantine/core';
import { useState } from 'react';
import type { Proposal } from '@/api/types';
import { Confirm } from '@/shared/Confirm';
import { sharing, useSharing } from './queries';
import classes from './Sharing.module.css';

interface Props {
  proposal: Proposal;
  mayMark: boolean;
}

/** Whether the laboratories of a proposal see each other's samples, and the way to change that. */
export function BagMark({ proposal, mayMark }: Props) {
  const { bag } = proposal._metadata;
  const [asking, setAsking] = useState(false);
  const mark = useSharing(sharing.mark);
  return (
    <div className={classes.mark}>
      <p>
        {bag ? (
          <>
            <b>Laboratories are kept apart (BAG).</b> Members see the samples of their own laboratory, what was made
            from them, and what is shared with them. The leader sees all of it.
          </>
        ) : (
          <>
            <b>Everybody on the proposal sees all of it.</b> Where several laboratories share a proposal, they can be
            kept apart.
          </>
        )}
      </p>
      {mayMark && (
        <Button variant="default" size="xs" onClick={() => setAsking(true)}>
          {bag ? 'Let all see all …' : 'Keep laboratories apart …'}
        </Button>
      )}
      {asking && (
        <Confirm
          title={
            bag ? `Let all of ${proposal.proposal} see all?` : `Keep the laboratories of ${proposal.proposal} apart?`
          }
          action={bag ? 'Let all see all' : 'Keep apart'}
          danger={bag}
          pending={mark.isPending}
          error={mark.error}
          onClose={() => setAsking(false)}
          onConfirm={() =>
            mark.mutate({ proposal: proposal.proposal, bag: !bag }, { onSuccess: () => setAsking(false) })
          }
        >
          {bag ? <Together /> : <Apart />}
        </Confirm>
      )}
    </div>
  );
}

function Apart() {
  return (
    <>
      <p>From this moment on:</p>
      <ul>
        <li>
          <b>Members</b> and <b>people on its sessions</b> see the samples of their own laboratory, with what was
          measured and processed of them, and what is shared with them. What belongs to other laboratories is not there
          for them.
        </li>
        <li>
          <b>The leader</b> sees everything, as before; so do staff of the beamlines and administrators.
        </li>
        <li>Everybody still sees the proposal, its sessions and its people.</li>
      </ul>
      <p>A sample belongs to the laboratory of the person whom its protein or shipment names.</p>
    </>
  );
}

function Together() {
  return (
    <>
      <p>
        From this moment on <b>every member sees the samples and data of every laboratory</b> of the proposal, those
        measured until now included.
      </p>
      <p>What is shared with people beyond the proposal stays shared.</p>
    </>
  );
}
