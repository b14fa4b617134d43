import { queryOptions } from '@tanstack/react-query';
import { api, read } from '@/api/client';
import type { EnergyScanValues, SpectrumValues } from '@/api/types';

/** An energy scan as numbers: it is over when it is told. */
export function energyScanQuery(energyScanId: number) {
  return queryOptions({
    queryKey: ['spectra', 'energyscan', energyScanId],
    queryFn: ({ signal }) =>
      read<EnergyScanValues>(
        api.GET('/ispyb/api/v1/events/energyscan/{energyScanId}/values', {
          params: { path: { energyScanId } },
          signal,
        }),
      ),
    staleTime: 600_000,
  });
}

/** A fluorescence spectrum as numbers. */
export function spectrumQuery(xfeFluorescenceSpectrumId: number) {
  return queryOptions({
    queryKey: ['spectra', 'fluorescence', xfeFluorescenceSpectrumId],
    queryFn: ({ signal }) =>
      read<SpectrumValues>(
        api.GET('/ispyb/api/v1/events/xfe-fluorescence-spectrum/{xfeFluorescenceSpectrumId}/values', {
          params: { path: { xfeFluorescenceSpectrumId } },
          signal,
        }),
      ),
    staleTime: 600_000,
  });
}
