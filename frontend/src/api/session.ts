import type { Role } from '../lib/feature';
import type { Answer } from '../lib/result';
import { send, takeCsrfToken } from './client';

export interface Membership {
  id: string;
  organisation: { id: string; name: string; kind_words?: string };
  roles: Role[];
}

/** Who is signed in and where they act. */
export interface Session {
  user: { id: string; name: string; short_name: string; language?: string };
  membership: Membership;
  memberships: Membership[];
  /** How many days a device may keep people's journeys without hearing from the server. */
  kept_days?: number;
}

type SessionAnswer = Session & { csrf_token: string };

/** Ask who is signed in. */
export function getSession(): Promise<Answer<Session>> {
  return takeToken(send<SessionAnswer>('GET', '/api/session'));
}

/** Sign in; a wrong address or password answers as signed out. */
export async function postSession(email: string, password: string): Promise<Answer<Session>> {
  const answer = await send<SessionAnswer | null>('POST', '/api/session', { email, password });
  return answer.kind === 'ok' ? getSession() : answer;
}

/** End this sign-in. */
export async function deleteSession(): Promise<Answer<null>> {
  const answer = await send<null>('DELETE', '/api/session');
  if (answer.kind === 'ok') takeCsrfToken(null);
  return answer;
}

/** End every sign-in of this person, on every device. */
export async function deleteSessions(): Promise<Answer<null>> {
  const answer = await send<null>('DELETE', '/api/sessions');
  if (answer.kind === 'ok') takeCsrfToken(null);
  return answer;
}

/** Act for another of one's organisations from now on. */
export async function putMembership(membershipId: string): Promise<Answer<Session>> {
  const answer = await send<unknown>('PUT', '/api/session/membership', { membership_id: membershipId });
  return answer.kind === 'ok' ? getSession() : answer;
}

async function takeToken(pending: Promise<Answer<SessionAnswer>>): Promise<Answer<Session>> {
  const answer = await pending;
  if (answer.kind !== 'ok') return answer;
  const { csrf_token: token, ...session } = answer.data;
  takeCsrfToken(token);
  return { ...answer, data: session };
}

/** Take up an invitation or a reset: the one-time token and the password chosen. Signs in nobody. */
export function postInvitationAcceptance(token: string, password: string): Promise<Answer<{ email: string }>> {
  return send('POST', '/api/invitations/acceptance', { token, password });
}

/** Change one's own password; other devices are signed out. */
export function putPassword(currentPassword: string, newPassword: string): Promise<Answer<null>> {
  return send('PUT', '/api/account/password', { current: currentPassword, new: newPassword });
}
