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
  /** How long to wait before the next try, where the service said so [s]. */
  readonly wait: number | null;

  constructor(problem: Problem, wait: number | null = null) {
    super(problem.detail ?? problem.title);
    this.name = 'ApiError';
    this.status = problem.status;
    this.problem = problem;
    this.wait = wait;
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
  if (isProblem(body)) return { ...body, status };
  return { type: 'about:blank', title: WORDS[status] ?? `The server answered ${status}`, status };
}

function isProblem(body: unknown): body is Problem {
  return typeof body === 'object' && body !== null && 'title' in body && typeof body.title === 'string';
}

/** The message of anything that was thrown, for people. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

export function statusOf(error: unknown): number | null {
  return error instanceof ApiError ? error.status : null;
}

/** The seconds of a `Retry-After` header; null for none, and for one that names a date. */
export function waitOf(header: string | null): number | null {
  return header !== null && /^\d+$/.test(header) ? Number(header) : null;
}

/** The permissions that a refusal names, as in "'ada' lacks the permission 'manage_groups'". */
export function missingPermissions(error: unknown): string[] {
  if (!(error instanceof ApiError) || error.status !== 403) return [];
  const named = /permissions? (.*)$|who hold (.*)$/.exec(error.problem.detail ?? '');
  return [...(named?.[1] ?? named?.[2] ?? '').matchAll(/'([A-Za-z0-9_.-]+)'/g)].map(([, name = '']) => name);
}
