import type { Answer, Problem } from '../lib/result';

export type Method = 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

export interface SendOptions {
  /** Ask for an answer only if it changed since this ETag; otherwise `unchanged`. */
  ifNoneMatch?: string | null;
  headers?: Record<string, string>;
  signal?: AbortSignal;
}

/** What one does before there is a session, and so before there is a token. */
const BEFORE_SIGN_IN = new Set(['/api/session', '/api/invitations/acceptance']);
/** What a person does on their own phone: nobody signs in there, so there is no token either. */
const OWN_PICTURE = /^\/api\/picture(\/|$)/;

/** After so long an answer is taken for lost: whether the server took what was sent is then unknown. */
const PATIENCE_MS = 90_000;

/** Set by the session as its answers bring a token; kept in memory alone. */
let csrfToken: string | null = null;
let onSignedOut: () => void = () => undefined;
let onReached: (reached: boolean) => void = () => undefined;

/** Take the token that guards every unsafe request. */
export function takeCsrfToken(token: string | null): void {
  csrfToken = token;
}

/** Be told whenever the server no longer knows who is asking. */
export function whenSignedOut(listener: () => void): void {
  onSignedOut = listener;
}

/** Be told after each request whether it found the server; a device that thinks it is online may still not. */
export function whenReached(listener: (reached: boolean) => void): void {
  onReached = listener;
}

/**
 * Ask the server and say what came of it; never throws.
 *
 * JSON goes out and comes in; a `Blob` or `ArrayBuffer` goes as it is. An unsafe request carries the CSRF token,
 * fetched first where there is none yet, and once more where the server says that it is stale.
 */
export async function send<T>(method: Method, path: string, body?: unknown, options: SendOptions = {}): Promise<Answer<T>> {
  const guarded = method !== 'GET' && method !== 'HEAD' && !(method === 'POST' && BEFORE_SIGN_IN.has(path)) && !OWN_PICTURE.test(path);
  if (guarded && csrfToken === null) await refreshCsrfToken();
  const first = await attempt<T>(method, path, body, options);
  if (!guarded || first.kind !== 'problem' || !first.problem.code.startsWith('csrf')) return first;
  await refreshCsrfToken();
  return attempt<T>(method, path, body, options);
}

/** Fetch a fresh token: a tablet that was offline for an hour holds a stale one. @returns whether the server answered. */
export async function refreshCsrfToken(): Promise<Answer<{ csrf_token: string; user: { id: string } }>> {
  const answer = await attempt<{ csrf_token: string; user: { id: string } }>('GET', '/api/session', undefined, {});
  if (answer.kind === 'ok') csrfToken = answer.data.csrf_token;
  return answer;
}

async function attempt<T>(method: Method, path: string, body: unknown, options: SendOptions): Promise<Answer<T>> {
  let response: Response;
  try {
    response = await fetch(path, {
      method,
      credentials: 'same-origin',
      cache: 'no-store',
      headers: headersFor(method, body, options),
      body: payload(body),
      signal: options.signal ?? AbortSignal.timeout(PATIENCE_MS),
    });
  } catch {
    if (!options.signal?.aborted) onReached(false);
    return { kind: 'offline' };
  }
  onReached(true);
  return read<T>(response, path);
}

function headersFor(method: Method, body: unknown, options: SendOptions): Record<string, string> {
  const headers: Record<string, string> = { Accept: 'application/json, application/problem+json', ...options.headers };
  if (body !== undefined && !isRaw(body)) headers['Content-Type'] = 'application/json';
  if (method !== 'GET' && method !== 'HEAD' && csrfToken) headers['X-CSRF-Token'] = csrfToken;
  if (options.ifNoneMatch) headers['If-None-Match'] = options.ifNoneMatch;
  return headers;
}

function isRaw(body: unknown): body is Blob | ArrayBuffer | FormData {
  return body instanceof Blob || body instanceof ArrayBuffer || body instanceof FormData;
}

function payload(body: unknown): BodyInit | null {
  if (body === undefined) return null;
  return isRaw(body) ? body : JSON.stringify(body);
}

async function read<T>(response: Response, path: string): Promise<Answer<T>> {
  if (response.status === 304) return { kind: 'unchanged' };
  if (response.ok) {
    const text = await response.text().catch(() => null);
    const data = parse(text);
    if (data === UNREADABLE) return { kind: 'problem', problem: unreadable(response.status), retryAfterSeconds: null };
    return { kind: 'ok', data: data as T, status: response.status, etag: response.headers.get('ETag') };
  }
  const problem = asProblem(parse(await response.text().catch(() => null)), response);
  if (response.status === 401) {
    if (problem.code === 'sign-in-refused') return { kind: 'problem', problem, retryAfterSeconds: retryAfter(response) };
    if (path !== '/api/session') onSignedOut();
    return { kind: 'signed-out', problem };
  }
  return { kind: 'problem', problem, retryAfterSeconds: retryAfter(response) };
}

const UNREADABLE = Symbol('unreadable');

function parse(text: string | null): unknown {
  if (text === null) return UNREADABLE;
  if (text === '') return null;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return UNREADABLE;
  }
}

function unreadable(status: number): Problem {
  return { title: 'The answer could not be read', status, code: 'unreadable-answer', isMade: true };
}

/** As the server calls them. */
const CODE_BY_STATUS: Record<number, string> = {
  401: 'not-signed-in', 403: 'not-allowed', 404: 'not-found', 409: 'conflict', 413: 'payload-too-large',
  422: 'invalid', 429: 'too-many-tries', 502: 'come-back-later', 503: 'come-back-later', 504: 'come-back-later',
};

/** The problem the server sent, or, where something between us and it answered, one made from the status. */
function asProblem(data: unknown, response: Response): Problem {
  const code = CODE_BY_STATUS[response.status] ?? (response.status >= 500 ? 'unexpected' : 'invalid');
  const made: Problem = { title: response.statusText || code, status: response.status, code, isMade: true };
  if (typeof data !== 'object' || data === null || !('code' in data)) return made;
  const { isMade: _isMade, ...rest } = made;
  return { ...rest, ...(data as Partial<Problem>) };
}

/** Retry-After in seconds: a number, or a moment still to come. */
function retryAfter(response: Response): number | null {
  const value = response.headers.get('Retry-After');
  if (!value) return null;
  const seconds = /^\d+$/.test(value) ? Number(value) : (Date.parse(value) - Date.now()) / 1000;
  return Number.isFinite(seconds) && seconds > 0 ? seconds : null;
}
