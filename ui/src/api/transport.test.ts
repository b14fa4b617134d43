import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { connection } from '@/live/connection';
import { transport, whenSignedOut } from './transport';

const HERE = 'http://ispyb.test';

/** A service whose log-in has ended until it is renewed; notes what it was asked. */
function service({ renewable }: { renewable: boolean }) {
  const asked: { method: string; path: string; page: string | null; body: string }[] = [];
  let fresh = false;
  vi.stubGlobal('fetch', async (input: string | Request, init?: RequestInit) => {
    const request = typeof input === 'string' ? new Request(HERE + input, init) : input;
    const path = new URL(request.url).pathname;
    asked.push({ method: request.method, path, page: request.headers.get('X-ISPyB-Page'), body: await request.text() });
    if (path.endsWith('/auth/refresh')) {
      await Promise.resolve();
      fresh = renewable;
      return new Response('{}', { status: renewable ? 200 : 401 });
    }
    return new Response('{}', { status: fresh ? 200 : 401 });
  });
  return asked;
}

const get = (path: string) => transport(new Request(`${HERE}/ispyb/api/v1/${path}`));

describe('calls to the service', () => {
  beforeEach(() => whenSignedOut(() => undefined));
  afterEach(() => {
    vi.unstubAllGlobals();
    connection.reached('api', true);
  });

  it('renews an ended log-in once for all calls that wait, and asks again', async () => {
    const asked = service({ renewable: true });
    const answers = await Promise.all([get('sessions'), get('proposals'), get('events')]);
    expect(answers.map((answer) => answer.status)).toEqual([200, 200, 200]);
    expect(asked.filter(({ path }) => path.endsWith('/auth/refresh'))).toHaveLength(1);
    expect(asked).toHaveLength(7);
  });

  it('sends the same body again, with the header that foreign forms cannot set', async () => {
    const asked = service({ renewable: true });
    const body = JSON.stringify({ comments: 'x' });
    await transport(new Request(`${HERE}/ispyb/api/v1/samples/1`, { method: 'PATCH', body }));
    const sent = asked.filter(({ method }) => method === 'PATCH');
    expect(sent).toHaveLength(2);
    expect(sent.map((each) => [each.body, each.page])).toEqual([
      [body, '1'],
      [body, '1'],
    ]);
  });

  it('says so when the log-in cannot be renewed', async () => {
    service({ renewable: false });
    const signedOut = vi.fn();
    whenSignedOut(signedOut);
    expect((await get('sessions')).status).toBe(401);
    expect(signedOut).toHaveBeenCalledTimes(1);
  });

  it('does not renew because a password was wrong', async () => {
    const asked = service({ renewable: true });
    const login = new Request(`${HERE}/ispyb/api/v1/auth/login`, { method: 'POST', body: '{}' });
    expect((await transport(login)).status).toBe(401);
    expect(asked).toHaveLength(1);
  });

  it('notes that the service cannot be reached, and that it can again', async () => {
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('no route')));
    await expect(get('sessions')).rejects.toThrow('no route');
    expect(connection.read().lost).toBe(true);
    vi.stubGlobal('fetch', () => Promise.resolve(new Response('{}')));
    await get('sessions');
    expect(connection.read().lost).toBe(false);
  });
});
