import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { API, api, read } from '@/api/client';
import { ApiError, asProblem } from '@/api/problem';
import { transport } from '@/api/transport';
import type { Counts } from './counts';

/** Images are large: those that are not shown are soon forgotten, and the browser keeps what it likes. */
const KEPT = 20_000;

export function headerQuery(dataCollectionId: number, running: boolean) {
  return queryOptions({
    queryKey: ['images', 'header', dataCollectionId],
    queryFn: ({ signal }) =>
      read(api.GET('/ispyb/api/v1/data/images/header', { params: { query: { dataCollectionId } }, signal })),
    staleTime: 60_000,
    // The images of a collection that has just begun are not there yet.
    refetchInterval: ({ state }) => (running && state.status === 'error' ? 5_000 : false),
    retry: false,
  });
}

export interface Frame {
  dataCollectionId: number;
  image: number;
  binning: number;
  /** So many images from this one on are added. */
  sum: number;
}

export function frameQuery(frame: Frame) {
  return queryOptions({
    queryKey: ['images', 'counts', frame],
    queryFn: ({ signal }) => fetchCounts(frame, signal),
    placeholderData: keepPreviousData,
    staleTime: 300_000,
    gcTime: KEPT,
    retry: false,
  });
}

async function fetchCounts({ dataCollectionId, image, binning, sum }: Frame, signal: AbortSignal): Promise<Counts> {
  const query = new URLSearchParams({
    dataCollectionId: String(dataCollectionId),
    imageNumber: String(image),
    binning: String(binning),
    frames: String(sum),
    type: 'counts',
  });
  const answer = await transport(new Request(`${API}/data/images?${query}`, { signal }));
  if (!answer.ok) throw new ApiError(asProblem(answer.status, await answer.json().catch(() => null)));
  const told = (name: string) => Number(answer.headers.get(`X-Image-${name}`));
  const buffer = await answer.arrayBuffer();
  const data = answer.headers.get('X-Image-Type') === 'uint16' ? new Uint16Array(buffer) : new Uint32Array(buffer);
  return { width: told('Width'), height: told('Height'), masked: told('Masked'), binning, data };
}
