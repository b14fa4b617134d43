import { IconDownload, IconFileZip, IconTable } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { API } from '@/api/client';
import { Popup } from '@/shared/Popup';
import { archiveAddress, tableAddress, type Of } from './addresses';
import classes from './DownloadMenu.module.css';

const ZIP = <IconFileZip size={17} stroke={1.6} />;
export const TABLE = <IconTable size={17} stroke={1.6} />;

/** A button that opens what can be taken home. */
export function Downloads({ label, children }: { label: string; children: ReactNode }) {
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
      {children}
    </Popup>
  );
}

/** Files of the best results, fewer or more of them. */
export function Archives({ of }: { of: Of }) {
  return (
    <>
      <Choice href={archiveAddress(of, 'result')} icon={ZIP} note="zip">
        Merged data
      </Choice>
      <Choice href={archiveAddress(of, 'log')} icon={ZIP} note="zip">
        Merged data and logs
      </Choice>
      <Choice href={archiveAddress(of, 'all')} icon={ZIP} note="zip">
        All files
      </Choice>
    </>
  );
}

/** The best results as a table. */
export function BestTables({ of }: { of: Of }) {
  return (
    <>
      <Choice href={tableAddress(of, 'best', 'xlsx')} icon={TABLE} note="XLSX">
        Best of each sample
      </Choice>
      <Choice href={tableAddress(of, 'best', 'csv')} icon={TABLE} note="CSV">
        Best of each sample
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
export function Choice({ href, icon, note, children }: ChoiceProps) {
  return (
    <a href={`${API}${href}`} download className={classes.choice}>
      <span aria-hidden="true">{icon}</span>
      {children}
      <small>{note}</small>
    </a>
  );
}
