import { IconAlertTriangle, IconCircleX, IconInfoCircle } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { RunMessage } from '@/api/types';
import { clockSeconds } from '@/shared/format/times';
import { Section } from '@/shared/opened/Opened';
import { runMessagesQuery } from '../queries';
import classes from './RunView.module.css';

const ICONS = { ERROR: IconCircleX, WARNING: IconAlertTriangle, INFO: IconInfoCircle };
const WORDS = { ERROR: 'Error', WARNING: 'Warning', INFO: 'Note' };

/** What a run had to tell. */
export function RunMessages({ autoProcProgramId }: { autoProcProgramId: number }) {
  const { data } = useQuery(runMessagesQuery(autoProcProgramId));
  if (!data || data.length === 0) return null;
  return (
    <Section title="Messages">
      <ul>
        {data.map((message) => (
          <Said key={message.autoProcProgramMessageId} message={message} />
        ))}
      </ul>
    </Section>
  );
}

function Said({ message: { severity, message, description, recordTimeStamp } }: { message: RunMessage }) {
  const Icon = ICONS[severity ?? 'INFO'];
  return (
    <li className={classes.message} data-severity={severity ?? 'INFO'}>
      <Icon size={16} stroke={1.8} role="img" aria-label={WORDS[severity ?? 'INFO']} />
      <p>{message}</p>
      {recordTimeStamp && <time dateTime={recordTimeStamp}>{clockSeconds(recordTimeStamp)}</time>}
      {description && <p>{description}</p>}
    </li>
  );
}
