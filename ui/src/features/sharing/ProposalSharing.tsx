import { Button } from '@mantine/core';
import { IconShare3 } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Proposal } from '@/api/types';
import { accessQuery } from '@/features/access/queries';
import { holds } from '@/features/admin/places';
import { userQuery } from '@/features/auth/queries';
import { BagMark } from './BagMark';
import { ShareDialog } from './ShareDialog';
import { SharedWithYou } from './SharedWithYou';
import { Shares } from './Shares';
import classes from './Sharing.module.css';

/** How a proposal is shared among its laboratories, and with whom else. */
export function ProposalSharing({ proposal }: { proposal: Proposal }) {
  const { data: access } = useQuery(accessQuery({ kind: 'proposal', proposal: proposal.proposal }));
  const { data: user } = useQuery(userQuery());
  const [open, setOpen] = useState(false);
  const leads = access?.you.may.includes('share') ?? false;
  const { bag } = proposal._metadata;
  // Whoever only looks after groups may keep laboratories apart, and not lift that.
  const decides = leads || holds(user, 'all_proposals');
  const colleague = bag && (access?.people.some(({ personId }) => personId === user?.personId) ?? false);
  return (
    <div className={classes.section}>
      <BagMark proposal={proposal} mayMark={bag ? decides : decides || holds(user, 'manage_groups')} />
      <SharedWithYou proposal={proposal.proposal} />
      <Shares of={{ proposal: proposal.proposal }} only="others" none="Nothing of it is shared one by one." />
      {(leads || colleague) && (
        <Button
          variant="default"
          size="xs"
          leftSection={<IconShare3 size={15} stroke={1.8} aria-hidden="true" />}
          onClick={() => setOpen(true)}
          className={classes.act}
        >
          Share a protein …
        </Button>
      )}
      {open && <ShareDialog proposal={proposal.proposal} onClose={() => setOpen(false)} />}
    </div>
  );
}
