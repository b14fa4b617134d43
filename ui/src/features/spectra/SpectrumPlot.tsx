import { Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState, type ReactNode } from 'react';
import classes from './CurvePlot.module.css';
import { spectrumCurves } from './curves';
import { CurvePlot } from './CurvePlot';
import { K_LINES, lineMarks } from './lines';
import { spectrumQuery } from './queries';

interface Props {
  spectrumId: number;
  /** Shown where the service could not read the numbers. */
  otherwise: ReactNode;
}

/** The counts of a fluorescence spectrum; the emission lines of the elements one asks for are marked. */
export function SpectrumPlot({ spectrumId, otherwise }: Props) {
  const { data, isError } = useQuery(spectrumQuery(spectrumId));
  const [elements, setElements] = useState<string[]>([]);
  const curves = useMemo(() => data && spectrumCurves(data), [data]);
  const energy = data?.energy ?? null;
  const marks = useMemo(
    () => [...lineMarks(elements), ...(energy === null ? [] : [{ energy, name: 'beam' }])],
    [elements, energy],
  );
  if (isError || curves === null) return otherwise;
  if (!curves) return <Skeleton height={190} width={380} radius="sm" />;
  const last = curves.energy.at(-1) ?? 0;
  const shown = Object.entries(K_LINES).filter(([, [alpha]]) => alpha < Math.min(last, energy ?? Infinity));
  return (
    <div className={classes.plot}>
      <CurvePlot curves={curves} marks={marks} name={`spectrum_${spectrumId}`} label="Counts against energy" />
      <div className={classes.lines} role="group" aria-label="Mark the lines of elements">
        <span>Lines of</span>
        {shown.map(([element]) => (
          <button
            key={element}
            type="button"
            aria-pressed={elements.includes(element)}
            onClick={() =>
              setElements((was) => (was.includes(element) ? was.filter((each) => each !== element) : [...was, element]))
            }
          >
            {element}
          </button>
        ))}
      </div>
    </div>
  );
}
