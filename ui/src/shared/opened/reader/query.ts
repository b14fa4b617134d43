import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { ApiError, asProblem } from '@/api/problem';
import { transport } from '@/api/transport';
import { PIECE, pieceOf, rangeOf, sentOf, type End, type Piece } from './piece';

/** How often a text is asked for that is still written [ms]. */
const EVERY = 5000;

/** One end of a text, or all of a short one; of a running program, as it is written. */
export function pieceQuery(address: string, end: End, running: boolean) {
  return queryOptions({
    // What a program wrote last, it wrote before it was heard to have ended: it is asked for once more.
    queryKey: ['file', address, end, running],
    queryFn: ({ client, queryKey, signal }) => readPiece(address, end, client.getQueryData<Piece>(queryKey), signal),
    placeholderData: keepPreviousData,
    refetchInterval: running && end === 'end' ? EVERY : false,
    gcTime: 60_000,
  });
}

async function readPiece(address: string, end: End, held: Piece | undefined, signal: AbortSignal): Promise<Piece> {
  const answer = await ask(address, rangeOf(end, held), signal, held?.etag);
  if (answer.status === 304 && held) return held;
  const piece = await received(answer);
  const goesOn = piece?.from === held?.from && piece?.to === piece?.size;
  if (!held || end === 'beginning' || goesOn) return piece ?? nothing;
  // It was begun anew, or has grown by more than was asked for: its end lies elsewhere.
  return (await received(await ask(address, rangeOf(end), signal))) ?? nothing;
}

const nothing: Piece = { text: '', from: 0, to: 0, size: 0, etag: null };

/** The lines of an answer; null where the file is shorter than what was asked for. */
async function received(answer: Response): Promise<Piece | null> {
  const sent = sentOf(answer.headers.get('Content-Range'));
  if (answer.status === 416) return null;
  const bytes = await beginning(answer, answer.status === 206 ? 2 * PIECE : PIECE);
  // A proxy may know nothing of ranges and send all there is: then there is only the beginning to show.
  const length = Number(answer.headers.get('Content-Length') ?? bytes.length);
  const { from, size } = sent ?? { from: 0, size: Math.max(length, bytes.length) };
  return pieceOf(bytes, from, size, answer.headers.get('ETag'));
}

/** The first bytes of an answer; what follows is not taken. */
async function beginning(answer: Response, most: number): Promise<Uint8Array> {
  const reader = answer.body?.getReader();
  const parts = new Uint8Array(most);
  let length = 0;
  while (reader && length < most) {
    const { done, value } = await reader.read();
    if (done) break;
    const part = value.subarray(0, most - length);
    parts.set(part, length);
    length += part.length;
  }
  void reader?.cancel();
  return parts.subarray(0, length);
}

/** How long a file is [bytes]: whether there is something to show, before a frame or a picture asks for it. */
export function lengthQuery(address: string) {
  return queryOptions({
    queryKey: ['file', address, 'length'],
    queryFn: async ({ signal }) => {
      const answer = await ask(address, 'bytes=0-0', signal);
      void answer.body?.cancel();
      return sentOf(answer.headers.get('Content-Range'))?.size ?? Number(answer.headers.get('Content-Length') ?? 1);
    },
  });
}

/** A part of a file. Throws an `ApiError` that says why it cannot be had; 416 is an answer: nothing is there. */
async function ask(address: string, range: string, signal: AbortSignal, etag?: string | null): Promise<Response> {
  const headers = { Range: range, ...(etag ? { 'If-None-Match': etag } : {}) };
  const request = new Request(`${globalThis.location.origin}${address}`, { signal, headers, cache: 'no-store' });
  const answer = await transport(request).catch((error: unknown) => {
    if (signal.aborted) throw error;
    throw new ApiError(asProblem(0, null));
  });
  if (answer.ok || answer.status === 304 || answer.status === 416) return answer;
  throw new ApiError(asProblem(answer.status, await answer.json().catch(() => null)));
}
