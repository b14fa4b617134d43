import { IconArrowDown, IconArrowUp, IconShare3 } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { ProteinLink } from '@/features/proteins/ProteinLink';
import type { Sample } from '@/api/types';
import type { SampleOrder } from '@/app/search';
import { SampleAccess } from '@/features/sharing/SampleAccess';
import { inOrder } from '@/shared/format/kinds';
import { dayClock } from '@/shared/format/times';
import table from '@/shared/Table.module.css';
import classes from './SampleTable.module.css';

interface Props {
  /** Who shared a sample with the viewer; null for one they see otherwise. */
  sharedBy: (sample: Sample) => string | null;
  samples: Sample[];
  sessionId: number;
  order: SampleOrder;
  down: boolean;
  onOrder: (order: SampleOrder) => void;
  pointed: number | null;
  onPoint: (blSampleId: number | null) => void;
}

const COLUMNS: { order: SampleOrder; name: string; number?: boolean }[] = [
  { order: 'place', name: 'Puck and position' },
  { order: 'name', name: 'Sample' },
  { order: 'protein', name: 'Protein' },
  { order: 'collections', name: 'Collections', number: true },
  { order: 'last', name: 'Last collected' },
];

/** One line a sample; its name leads to its collections in this session. */
export function SampleTable({ sharedBy, samples, sessionId, order, down, onOrder, pointed, onPoint }: Props) {
  const Arrow = down ? IconArrowDown : IconArrowUp;
  return (
    <div className={table.frame}>
      <table className={table.table} data-stacks>
        <thead>
          <tr>
            {COLUMNS.map((column) => (
              <th
                key={column.order}
                className={column.number ? table.number : undefined}
                aria-sort={column.order === order ? (down ? 'descending' : 'ascending') : undefined}
              >
                <button
                  type="button"
                  className={table.sort}
                  data-sorted={column.order === order}
                  onClick={() => onOrder(column.order)}
                >
                  {column.name}
                  {column.order === order && <Arrow size={13} aria-hidden="true" />}
                </button>
              </th>
            ))}
            <th>Kinds</th>
            <th>Comment</th>
            <th>
              <span className="visually-hidden">Who sees it</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {samples.map((sample) => (
            <tr
              key={sample.blSampleId}
              className={classes.row}
              data-pointed={sample.blSampleId === pointed}
              data-testid="sample-row"
              onPointerEnter={() => onPoint(sample.blSampleId)}
              onPointerLeave={() => onPoint(null)}
            >
              <td>
                {sample.Container.code ?? '–'} <span className={table.dim}>·</span> {sample.location ?? '–'}
              </td>
              <th scope="row">
                <Link to="/samples/$blSampleId" params={{ blSampleId: sample.blSampleId }}>
                  {sample.name ?? sample.blSampleId}
                </Link>
                <SharedMark by={sharedBy(sample)} />
              </th>
              <td>
                <ProteinLink protein={sample.Crystal.Protein} />
              </td>
              <td className={table.number} data-label="Collections">
                {sample._metadata.datacollections > 0 ? (
                  <Link
                    to="/sessions/$sessionId"
                    params={{ sessionId }}
                    search={{ sample: sample.blSampleId }}
                    title="Those of this session"
                  >
                    {sample._metadata.datacollections}
                  </Link>
                ) : (
                  <span className={table.dim}>0</span>
                )}
              </td>
              <td>
                {sample._metadata.lastCollection ? (
                  <time dateTime={sample._metadata.lastCollection}>{dayClock(sample._metadata.lastCollection)}</time>
                ) : (
                  <span className={table.dim}>not collected</span>
                )}
              </td>
              <td>
                <Kinds types={sample._metadata.types} />
              </td>
              <td className={table.wide} title={sample.comments ?? undefined}>
                {sample.comments}
              </td>
              <td className={classes.access}>
                <SampleAccess sample={sample} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** What somebody of another laboratory or proposal has shown to the viewer. */
function SharedMark({ by }: { by: string | null }) {
  if (by === null) return null;
  const words = `Shared with you by ${by}`;
  return (
    <span className={classes.shared} title={words}>
      <IconShare3 size={14} stroke={1.8} role="img" aria-label={words} />
    </span>
  );
}

function Kinds({ types }: { types: string[] }) {
  return (
    <span className={classes.kinds}>
      {inOrder(types).map(({ id, icon: Icon, name, colour }) => (
        <span key={id} title={name}>
          <Icon size={16} stroke={1.8} color={colour} role="img" aria-label={name} />
        </span>
      ))}
    </span>
  );
}
