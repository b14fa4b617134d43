import { Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { FileSummary } from '@/api/types';
import { count, fixed, significant, withUnit } from '@/shared/format/numbers';
import opened from '@/shared/opened/Opened.module.css';
import { ErrorState } from '@/shared/states/ErrorState';
import { cellText } from '../crystal';
import type { SummaryQuery } from '../queries';
import { SpaceGroup } from '../SpaceGroup';
import classes from './FileSummaryView.module.css';

type Reflections = Extract<FileSummary, { content: 'reflections' }>;
type Model = Extract<FileSummary, { content: 'model' }>;

/** What a model or a file of reflections says of itself. */
export function FileSummaryView({ query }: { query: SummaryQuery }) {
  const { data, error, refetch } = useQuery(query);
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} compact />;
  if (!data) return <Skeleton height={70} radius="sm" my={6} />;
  return (
    <div className={classes.summary} data-testid="file-summary">
      {data.title && <p>{data.title}</p>}
      <p className={opened.facts}>
        {data.spaceGroup && <SpaceGroup symbol={data.spaceGroup} />}
        <span>{cellText(data.cell)}</span>
        {data.content === 'model' ? <OfModel model={data} /> : <OfReflections reflections={data} />}
      </p>
      {data.content === 'model' ? <Chains model={data} /> : <Columns reflections={data} />}
    </div>
  );
}

function OfModel({ model: { resolution, rWork, rFree, atoms, residues, waters, meanB } }: { model: Model }) {
  return (
    <>
      {resolution !== null && <span>{withUnit(fixed(resolution, 2), 'Å')}</span>}
      {rWork !== null && <span>R {withUnit(fixed(100 * rWork, 1), '%')}</span>}
      {rFree !== null && <span>Rfree {withUnit(fixed(100 * rFree, 1), '%')}</span>}
      <span>{count(atoms)} atoms</span>
      <span>{count(residues)} residues</span>
      <span>{count(waters)} waters</span>
      {meanB !== null && <span>mean B {withUnit(fixed(meanB, 1), 'Å²')}</span>}
    </>
  );
}

function OfReflections({
  reflections: { lowRes, highRes, reflections, completeness, datasets },
}: {
  reflections: Reflections;
}) {
  return (
    <>
      {highRes !== null && (
        <span>{withUnit(lowRes === null ? fixed(highRes, 2) : `${fixed(lowRes, 1)} – ${fixed(highRes, 2)}`, 'Å')}</span>
      )}
      <span>{count(reflections)} reflections</span>
      {completeness !== null && <span>{withUnit(fixed(100 * completeness, 1), '%')} complete</span>}
      {datasets.map(({ name, wavelength }) => (
        <span key={name}>
          {name}
          {wavelength !== null && ` at ${withUnit(fixed(wavelength, 4), 'Å')}`}
        </span>
      ))}
    </>
  );
}

function Chains({ model: { chains } }: { model: Model }) {
  return (
    <table className={opened.numbers}>
      <thead>
        <tr>
          <th>Chain</th>
          <th>Residues</th>
          <th>Waters</th>
          <th>Ligands</th>
        </tr>
      </thead>
      <tbody>
        {chains.map(({ name, residues, waters, ligands }) => (
          <tr key={name}>
            <td>{name}</td>
            <td>{count(residues)}</td>
            <td>{count(waters)}</td>
            <td>{ligands.map(({ name, number }) => `${name} ${number}`).join(', ') || '–'}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Columns({ reflections: { columns } }: { reflections: Reflections }) {
  return (
    <table className={opened.numbers}>
      <thead>
        <tr>
          <th>Column</th>
          <th>Type</th>
          <th>Present</th>
          <th>From</th>
          <th>To</th>
        </tr>
      </thead>
      <tbody>
        {columns.map(({ label, type, present, minimum, maximum }) => (
          <tr key={label}>
            <td>{label}</td>
            <td>{type}</td>
            <td>{count(present)}</td>
            <td>{minimum === null ? '' : significant(minimum, 3)}</td>
            <td>{maximum === null ? '' : significant(maximum, 3)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
