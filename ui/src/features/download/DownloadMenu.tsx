import { Loader } from '@mantine/core';
import { IconFileTypePdf } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { resultsQuery } from '@/features/results/queries';
import { reportAddress, tableAddress, type Of } from './addresses';
import { Archives, BestTables, Choice, Downloads, TABLE } from './DownloadChoices';
import classes from './DownloadMenu.module.css';

interface Props {
  of: Of;
  /** What the button says. */
  label: string;
}

/** What people take home of a session: its report, the files of the best results, tables. */
export function DownloadMenu({ of, label }: Props) {
  return (
    <Downloads label={label}>
      <Choice href={reportAddress(of)} icon={<IconFileTypePdf size={17} stroke={1.6} />} note="PDF">
        Report of the session
      </Choice>
      <OfResults of={of} />
    </Downloads>
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
  return (
    <>
      <hr />
      <p className={classes.title}>Files of the best result of each sample</p>
      <Archives of={of} />
      <hr />
      <p className={classes.title}>Table of results</p>
      <BestTables of={of} />
      <Choice href={tableAddress(of, 'every', 'xlsx')} icon={TABLE} note="XLSX">
        Every run
      </Choice>
      <Choice href={tableAddress(of, 'every', 'csv')} icon={TABLE} note="CSV">
        Every run
      </Choice>
    </>
  );
}
