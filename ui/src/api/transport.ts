import { connection } from '@/live/connection';

/** Sent with every request that changes something: a form on a foreign site cannot set it. */
const PAGE_HEADER = 'X-ISPyB-Page';
const AUTH = '/ispyb/api/v1/auth/';

let refreshing: Promise<boolean> | null = null;
let renewals = 0;
let probing: Promise<void> | null = null;
let onSignedOut: () => void = () => undefined;

/** Says what to do when the log-in has ended for good. */
export function whenSignedOut(act: () => void): void {
  onSignedOut = act;
}

/** Renews the log-in from its cookie. Calls made meanwhile share one request; false = log in again. */
export function refresh(): Promise<boolean> {
  refreshing ??= fetch(`${AUTH}refresh`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', [PAGE_HEADER]: '1' },
    body: '{}',
  })
    .then((answer) => {
      if (answer.ok) renewals += 1;
      return answer.ok;
    })
    .finally(() => {
      refreshing = null;
    });
  return refreshing;
}

/** `fetch` with the page's header, one transparent renewal on 401, and the state of the connection noted. */
export async function transport(request: Request): Promise<Response> {
  if (request.method !== 'GET') request.headers.set(PAGE_HEADER, '1');
  const again = request.clone();
  const answer = await reach(request);
  if (answer.status !== 401 || new URL(request.url).pathname.startsWith(AUTH)) return answer;
  if (await refresh()) return reach(again);
  onSignedOut();
  return answer;
}

async function reach(request: Request): Promise<Response> {
  try {
    const answer = await fetch(request);
    connection.reached('api', answer.status < 502 || answer.status > 504);
    return answer;
  } catch (error) {
    if (!request.signal.aborted) connection.reached('api', false);
    throw error;
  }
}

/**
 * For pictures and streams, which cannot say why they failed: asks something small through `transport` and tells
 * whether that renewed the log-in, so that trying once more is worth it. Failures close together share one probe.
 */
export async function renewedByProbe(): Promise<boolean> {
  const before = renewals;
  probing ??= probe().finally(() => setTimeout(() => (probing = null), 5000));
  await probing;
  return renewals > before;
}

/** Asks the service something small, for what `transport` notices on the way; never throws. */
export async function probe(): Promise<void> {
  await transport(new Request(`${globalThis.location.origin}/ispyb/api/v1/user/current`)).catch(() => undefined);
}
