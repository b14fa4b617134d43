import type { StructureDetail } from '@/api/types';
import { count, fixed } from '@/shared/format/numbers';
import { Section } from '@/shared/opened/Opened';
import opened from '@/shared/opened/Opened.module.css';

/** Quality of phases by resolution, as a table: a column for each number that the program told. */
export function PhaseShells({ shells }: { shells: StructureDetail['shells'] }) {
  if (shells.length === 0) return null;
  const metrics = [...new Set(shells.flatMap(({ values }) => Object.keys(values)))];
  return (
    <Section title="Phases by resolution">
      <table className={opened.numbers}>
        <thead>
          <tr>
            <th>Å</th>
            <th>Reflections</th>
            {metrics.map((metric) => (
              <th key={metric}>{metric}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {shells.map(({ lowRes, highRes, nReflections, values }) => (
            <tr key={highRes}>
              <td>{[lowRes, highRes].map((limit) => (limit === null ? '' : fixed(limit, 2))).join(' – ')}</td>
              <td>{nReflections === null ? '' : count(nReflections)}</td>
              {metrics.map((metric) => {
                const value = values[metric];
                return <td key={metric}>{value == null ? '' : fixed(value, 2)}</td>;
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </Section>
  );
}
