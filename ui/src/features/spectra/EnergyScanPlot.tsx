import { Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMemo, type ReactNode } from 'react';
import { scanCurves, scanMarks } from './curves';
import { CurvePlot } from './CurvePlot';
import { energyScanQuery } from './queries';

interface Props {
  energyScanId: number;
  /** Shown where the service could not read the numbers. */
  otherwise: ReactNode;
}

/** f″, f′ and the counts of an energy scan, with the edge and the energies to choose from. */
export function EnergyScanPlot({ energyScanId, otherwise }: Props) {
  const { data, isError } = useQuery(energyScanQuery(energyScanId));
  const curves = useMemo(() => data && scanCurves(data), [data]);
  const marks = useMemo(() => (data && curves ? scanMarks(data, curves) : []), [data, curves]);
  if (isError || curves === null) return otherwise;
  if (!curves) return <Skeleton height={190} width={380} radius="sm" />;
  return (
    <CurvePlot curves={curves} marks={marks} name={`energyscan_${energyScanId}`} label="f″ and f′ against energy" />
  );
}
