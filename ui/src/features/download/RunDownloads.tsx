import { IconFileText, IconFileZip } from '@tabler/icons-react';
import { useSearch } from '@tanstack/react-router';
import { API } from '@/api/client';
import type { Run } from '@/api/types';
import { FileLink } from '@/shared/FileLink';
import { depositionAddress, runAddress } from './addresses';
import classes from './RunDownloads.module.css';

/**
 * What is taken home of one run: its files as one, and what a deposition needs of the way of scaling that is shown. What
 * a run made that failed, or goes on, is nothing to deposit.
 */
export function RunDownloads({ run }: { run: Run }) {
  const { scaling } = useSearch({ strict: false });
  if (run.scalings.length === 0) return null;
  const chosen = run.scalings.find(({ autoProcScalingId }) => autoProcScalingId === scaling)?.autoProcScalingId;
  const name = `${run.sample ?? 'run'}_${run.autoProcProgramId}`;
  const files = `${API}${runAddress(run.autoProcProgramId)}`;
  const deposition = `${API}${depositionAddress(run.autoProcProgramId, chosen)}`;
  return (
    <div className={classes.downloads}>
      <span>
        <a href={files} download>
          <IconFileZip size={16} stroke={1.7} aria-hidden="true" />
          All files (zip)
        </a>
        <FileLink path={files} name={`${name}.zip`} />
      </span>
      {run.state === 'success' && (
        <span>
          <a
            href={deposition}
            download
            title="Experiment, cell, symmetry and statistics as the Protein Data Bank asks for them"
          >
            <IconFileText size={16} stroke={1.7} aria-hidden="true" />
            For deposition (mmCIF)
          </a>
          <FileLink path={deposition} name={`${name}.cif`} />
        </span>
      )}
    </div>
  );
}
