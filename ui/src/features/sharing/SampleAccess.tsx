import { Button } from '@mantine/core';
import { IconShare3 } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Sample } from '@/api/types';
import { AccessButton } from '@/features/access/AccessButton';
import { accessQuery } from '@/features/access/queries';
import { ShareDialog } from './ShareDialog';
import { Shares } from './Shares';
import classes from './Sharing.module.css';

/** Who sees a sample, with whom it is shared, and the way to share it. */
export function SampleAccess({ sample }: { sample: Sample }) {
  return (
    <AccessButton of={{ kind: 'sample', blSampleId: sample.blSampleId }} name={sample.name ?? 'this sample'}>
      <SampleSharing sample={sample} />
    </AccessButton>
  );
}

function SampleSharing({ sample }: { sample: Sample }) {
  const { blSampleId } = sample;
  const { data: access } = useQuery(accessQuery({ kind: 'sample', blSampleId }));
  const [open, setOpen] = useState(false);
  return (
    <section className={classes.section} aria-label="Sharing">
      <h3>Shared with</h3>
      <Shares of={{ blSampleId }} none="It is shared with nobody one by one." />
      {access?.you.may.includes('share') && (
        <Button
          variant="default"
          size="xs"
          leftSection={<IconShare3 size={15} stroke={1.8} aria-hidden="true" />}
          onClick={() => setOpen(true)}
          className={classes.act}
        >
          Share …
        </Button>
      )}
      {open && <ShareDialog proposal={sample._metadata.proposal} sample={sample} onClose={() => setOpen(false)} />}
    </section>
  );
}
