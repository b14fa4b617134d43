import { QueryClient } from '@tanstack/react-query';
import { beforeEach, expect, it, vi } from 'vitest';
import { ApiError } from '@/api/problem';
import { PIECE, type Piece } from './piece';
import { lengthQuery, pieceQuery } from './query';

/** What lies on the disk; null for nothing. */
let file: string | null = '';
const asked: string[] = [];

/** The service, as far as files go. */
function serve(request: Request): Promise<Response> {
  const wanted = request.headers.get('Range') ?? '';
  asked.push(wanted);
  return Promise.resolve(answer(wanted, request.headers.get('If-None-Match')));
}

function answer(wanted: string, known: string | null): Response {
  if (file === null) return Response.json({ title: 'Not found', detail: 'It is not there any more.' }, { status: 404 });
  const etag = `"${file.length}"`;
  if (known === etag) return new Response(null, { status: 304 });
  const [, first = '', last = ''] = /^bytes=(\d*)-(\d+)$/.exec(wanted) ?? [];
  const from = first === '' ? Math.max(file.length - Number(last), 0) : Number(first);
  const to = first === '' ? file.length : Math.min(Number(last) + 1, file.length);
  const told = from < file.length ? `bytes ${from}-${to - 1}/${file.length}` : `bytes */${file.length}`;
  const headers = { 'Content-Range': told, ETag: etag };
  return new Response(from < file.length ? file.slice(from, to) : '', {
    status: from < file.length ? 206 : 416,
    headers,
  });
}

const transport = vi.hoisted(() => vi.fn());
vi.mock('@/api/transport', () => ({ transport }));
vi.stubGlobal('location', { origin: 'http://ispyb' });

const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
const read = (): Promise<Piece> => client.query({ ...pieceQuery('/log', 'end', true), staleTime: 0 });

beforeEach(() => {
  client.clear();
  asked.length = 0;
  transport.mockImplementation(serve);
});

const LINES = 'a line of ten bytes\n'.repeat(100_000);

it('follows a text that grows, from the line that it began with', async () => {
  file = LINES;
  const first = await read();
  expect(first.text.startsWith('a line')).toBe(true);
  expect((await read()).text).toBe(first.text);
  file += 'more\n';
  const grown = await read();
  expect(grown.from).toBe(first.from);
  expect(grown.text).toBe(`${first.text}more\n`);
  expect(asked[1]).toBe(`bytes=${first.from - 1}-${first.from - 2 + 2 * PIECE}`);
});

it('reads a text that was begun anew, or that grew by very much, from its end', async () => {
  file = LINES;
  await read();
  file = 'begun anew\n';
  expect(await read()).toMatchObject({ text: 'begun anew\n', from: 0, to: 11, size: 11 });
  file = LINES + LINES;
  expect(await read()).toMatchObject({ to: file.length, size: file.length });
});

it('says of a file that it is empty, and how long it is', async () => {
  file = '';
  expect(await read()).toMatchObject({ text: '', size: 0 });
  expect(await client.query(lengthQuery('/report'))).toBe(0);
  file = 'x'.repeat(2500);
  expect(await client.query({ ...lengthQuery('/report'), staleTime: 0 })).toBe(2500);
});

it('takes no more than the beginning where parts cannot be asked for', async () => {
  const taken = LINES.length;
  transport.mockResolvedValue(new Response(LINES, { headers: { 'Content-Length': String(taken) } }));
  const piece = await read();
  expect([piece.from, piece.size]).toEqual([0, taken]);
  expect(piece.to).toBeLessThanOrEqual(PIECE);
  expect(piece.text.endsWith('bytes\n')).toBe(true);
});

it('fails with the words of the service', async () => {
  file = null;
  const failure = await read().catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(ApiError);
  expect((failure as ApiError).message).toBe('It is not there any more.');
});
