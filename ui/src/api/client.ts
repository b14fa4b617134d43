import createClient from 'openapi-fetch';
import { ApiError, asProblem, waitOf } from './problem';
import type { paths } from './schema';
import { transport } from './transport';

export const API = '/ispyb/api/v1';

/** The typed client. Addresses, parameters and answers come from the service's own OpenAPI description. */
export const api = createClient<paths>({
  baseUrl: globalThis.location.origin,
  fetch: transport,
});

/** The body of an answer, or an `ApiError` that says what happened. */
export async function read<T>(call: Promise<{ data?: T; error?: unknown; response: Response }>): Promise<T> {
  let answer;
  try {
    answer = await call;
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw new ApiError(asProblem(0, null));
  }
  if (!answer.response.ok) {
    const wait = answer.response.headers.get('Retry-After');
    throw new ApiError(asProblem(answer.response.status, answer.error), waitOf(wait));
  }
  return answer.data as T;
}
