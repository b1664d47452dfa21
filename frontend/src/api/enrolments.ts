import type { Day } from '../lib/dates';
import type { Answer } from '../lib/result';
import { send } from './client';

/** Somebody who waits for an answer. */
export interface Referral {
  id: string;
  referred_on: Day;
  participant: { reference: string; short_name: string; language: string; access_needs: string | null };
  contract: { id: string; code: string; title: string };
}

/** Somebody accepted who has not started. */
export interface Accepted {
  enrolment_id: string;
  short_name: string;
  reference: string;
  heads_up: string | null;
  referred_on: Day;
  worker: string | null;
}

interface Page<T> {
  items: T[];
  next: string | null;
}

/** What a person is told before they start: one version in one language and format. */
export interface Notice {
  id: string;
  version: number;
  language: string;
  format: 'standard' | 'large-print' | 'easy-read';
  title: string;
  /** Paragraphs parted by blank lines. */
  body: string;
}

/** Who can be key worker. */
export interface StaffMember {
  id: string;
  name: string;
}

/** Who waits for an answer, the longest waiting first, and who can be their key worker. */
export function getReferrals(after: string | null = null): Promise<Answer<Page<Referral> & { workers: StaffMember[] }>> {
  return send('GET', `/api/referrals${after ? `?after=${encodeURIComponent(after)}` : ''}`);
}

/** Who was accepted and has not started. */
export function getAccepted(): Promise<Answer<Page<Accepted>>> {
  return send('GET', '/api/caseload?scope=team&state=accepted&limit=100');
}

/** Take somebody on, with their key worker. */
export function postAcceptance(enrolmentId: string, workerId: string | null): Promise<Answer<unknown>> {
  return send('POST', `/api/enrolments/${enrolmentId}/acceptance`, workerId ? { worker_id: workerId } : {});
}

/** Turn a referral down, with the reason's code. */
export function postDeclination(enrolmentId: string, reason: string): Promise<Answer<unknown>> {
  return send('POST', `/api/enrolments/${enrolmentId}/declination`, { reason });
}

/** The notices of a contract. */
export function getNotices(contractId: string): Promise<Answer<{ items: Notice[] }>> {
  return send('GET', `/api/contracts/${contractId}/notices`);
}

/** Say that somebody was given notice: which one, on which day, and how. */
export function postNotice(enrolmentId: string, noticeId: string, givenOn: Day, manner: string): Promise<Answer<unknown>> {
  return send('POST', `/api/enrolments/${enrolmentId}/notice`, { notice_id: noticeId, given_on: givenOn, manner });
}
