/** An RFC 9457 problem document as the service sends it. */
export interface Problem {
  type: string;
  title: string;
  status: number;
  detail?: string | null;
  errors?: { path: string; message: string }[] | null;
  request?: string | null;
}

/** What the page throws when the service answers with an error, or cannot be reached (status 0). */
export class ApiError extends Error {
  readonly status: number;
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.detail ?? problem.title);
    this.name = 'ApiError';
    this.status = problem.status;
    this.problem = problem;
  }
}

const WORDS: Record<number, string> = {
  0: 'The server cannot be reached',
  403: 'You may not do this',
  404: 'Not found',
  429: 'Too many requests',
  502: 'The server is restarting',
  503: 'The server is not ready',
};

/** The problem of a failed answer; a proxy's HTML page becomes a plain sentence. */
export function asProblem(status: number, body: unknown): Problem {
  if (typeof body === 'object' && body !== null && 'title' in body) return { status, ...(body as object) } as Problem;
  return { type: 'about:blank', title: WORDS[status] ?? `The server answered ${status}`, status };
}

/** The message of anything that was thrown, for people. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

export function statusOf(error: unknown): number | null {
  return error instanceof ApiError ? error.status : null;
}
