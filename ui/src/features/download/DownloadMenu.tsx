import { Loader } from '@mantine/core';
import { IconDownload, IconFileTypePdf, IconFileZip, IconTable } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { API } from '@/api/client';
import { resultsQuery } from '@/features/results/queries';
import { Popup } from '@/shared/Popup';
import { archiveAddress, reportAddress, tableAddress, type Of } from './addresses';
import classes from './DownloadMenu.module.css';

interface Props {
  of: Of;
  /** What the button says. */
  label: string;
}

/** What people take home of a session: its report, the files of the best results, tables. */
export function DownloadMenu({ of, label }: Props) {
  return (
    <Popup
      label={label}
      face={
        <>
          <IconDownload size={15} stroke={1.8} aria-hidden="true" /> {label}
        </>
      }
      faceClass={classes.face}
      align="end"
      testId="download-menu"
    >
      <Choice href={reportAddress(of)} icon={<IconFileTypePdf size={17} stroke={1.6} />} note="PDF">
        Report of the session
      </Choice>
      <OfResults of={of} />
    </Popup>
  );
}

/** Only where there is a result: an empty archive helps nobody. */
function OfResults({ of }: { of: Of }) {
  const { data, isError } = useQuery(resultsQuery({ sessionId: of.sessionId }));
  if (isError) return <p className={classes.note}>The results could not be listed.</p>;
  if (!data) return <Loader size="xs" m="xs" />;
  if (!data.results.some(({ rank }) => rank !== null)) {
    return <p className={classes.note}>No results yet. Files and tables are here when a pipeline has merged data.</p>;
  }
  const zip = <IconFileZip size={17} stroke={1.6} />;
  const table = <IconTable size={17} stroke={1.6} />;
  return (
    <>
      <hr />
      <p className={classes.title}>Files of the best {of.pipeline ?? 'result'} of each sample</p>
      <Choice href={archiveAddress(of, 'result')} icon={zip} note="zip">
        Merged data
      </Choice>
      <Choice href={archiveAddress(of, 'log')} icon={zip} note="zip">
        Merged data and logs
      </Choice>
      <Choice href={archiveAddress(of, 'all')} icon={zip} note="zip">
        All files
      </Choice>
      <hr />
      <p className={classes.title}>Table of results</p>
      <Choice href={tableAddress(of, 'best', 'xlsx')} icon={table} note="XLSX">
        Best of each sample
      </Choice>
      <Choice href={tableAddress(of, 'best', 'csv')} icon={table} note="CSV">
        Best of each sample
      </Choice>
      <Choice href={tableAddress(of, 'every', 'xlsx')} icon={table} note="XLSX">
        Every run
      </Choice>
      <Choice href={tableAddress(of, 'every', 'csv')} icon={table} note="CSV">
        Every run
      </Choice>
    </>
  );
}

interface ChoiceProps {
  href: string;
  icon: ReactNode;
  note: string;
  children: ReactNode;
}

/** The service names the file. */
function Choice({ href, icon, note, children }: ChoiceProps) {
  return (
    <a href={`${API}${href}`} download className={classes.choice}>
      <span aria-hidden="true">{icon}</span>
      {children}
      <small>{note}</small>
    </a>
  );
}
