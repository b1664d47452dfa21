import type { Day } from '../lib/dates';
import type { Answer } from '../lib/result';
import { send } from './client';

/** Somebody who was referred and has not started yet. */
export interface Referral {
  enrolment_id: string;
  short_name: string;
  reference: string;
  heads_up: string | null;
  state: 'referred' | 'accepted';
  referred_on: Day;
  worker_id: string | null;
  worker: string | null;
  contract_id: string;
  contract_title: string;
  notice_given_on: Day | null;
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

/** Somebody who can be a key worker. */
export interface Colleague {
  user_id: string;
  name: string;
}

/** Who waits to be accepted, or has been and has not started. */
export function getReferrals(): Promise<Answer<{ items: Referral[]; count: number }>> {
  return send('GET', '/api/referrals');
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
