import { useQuery } from '@tanstack/react-query';
import line from '@/features/results/ResultLine.module.css';
import { plural } from '@/shared/format/numbers';
import { StateMark } from '@/shared/states/StateMark';
import { foundBy, latest } from '../grid/centre';
import { centringsQuery } from '../grid/centrings';

/** Whether X-ray centring found a crystal on a grid scan, in one line; nothing where nobody looked for one. */
export function CentringLine({ dataCollectionGroupId }: { dataCollectionGroupId: number }) {
  const { data } = useQuery(centringsQuery(dataCollectionGroupId));
  const last = latest(data ?? []);
  if (!last) return null;
  const { centring } = last;
  const found = foundBy(last);
  return (
    <div className={line.line} data-testid="centring-line">
      <span className={line.first}>
        <StateMark state={found ? 'success' : 'failed'} size={12} />
        <span>X-ray centring{centring.xrayCentringType && ` in ${centring.xrayCentringType.replace('d', '-D')}`}</span>
        <b>{found ? 'crystal found' : 'no crystal found'}</b>
      </span>
      {found && typeof found.numberOfVoxels === 'number' && (
        <span>{plural(found.numberOfVoxels, 'box', 'boxes')} of crystal</span>
      )}
      {found && centring.XrayCentringResult.length > 1 && (
        <span>the best of {centring.XrayCentringResult.length} crystals</span>
      )}
    </div>
  );
}
