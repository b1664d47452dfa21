import { vi } from 'vitest';

export interface Asked {
  method: string;
  path: string;
  body: unknown;
  headers: Record<string, string>;
}

type Reply = Response | 'offline';

/** Answer the app's requests from a function, and keep what was asked. Only the network is stood in for. */
export function fakeNetwork(answer: (asked: Asked) => Reply): Asked[] {
  const all: Asked[] = [];
  vi.stubGlobal('fetch', async (path: string, init: RequestInit) => {
    const body = typeof init.body === 'string' ? (JSON.parse(init.body) as unknown) : init.body;
    const asked = { method: init.method ?? 'GET', path, body, headers: init.headers as Record<string, string> };
    all.push(asked);
    const reply = asked.path === '/api/session' && asked.method === 'GET' ? sessionReply() : answer(asked);
    if (reply === 'offline') throw new TypeError('Failed to fetch');
    return reply;
  });
  return all;
}

/** A JSON answer. */
export function json(body: unknown, status = 200, headers: Record<string, string> = {}): Response {
  return new Response(JSON.stringify(body), { status, headers: { 'Content-Type': 'application/json', ...headers } });
}

/** A problem answer. */
export function problem(status: number, code: string, headers: Record<string, string> = {}): Response {
  return json({ title: code, status, code }, status, headers);
}

function sessionReply(): Response {
  const membership = { id: 'm', organisation: { id: 'o', name: 'Hopeworks' }, roles: ['worker'] };
  return json({ user: { id: 'u', name: 'A', short_name: 'A' }, membership, memberships: [membership], csrf_token: 'fresh' });
}
