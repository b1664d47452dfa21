import type { Answer } from '../lib/result';
import { send } from './client';
import type { components } from './types';

type Schemas = components['schemas'];
/** `is_bare`: made on this device of what it still knows, where neither the list nor the journey is kept. */
export type CaseloadRow = Schemas['CaseloadRow'] & { is_bare?: boolean };
export type Caseload = Schemas['Caseload'];
/** `is_bare`: a reference alone, where it was kept too long without a connection; nothing else of it is known. */
export type Journey = Schemas['Journey'] & { is_bare?: boolean };
export type JourneyLadder = Schemas['JourneyLadder'];
export type JourneySitting = Schemas['JourneySitting'];
export type JourneyTask = Schemas['JourneyTask'];
export type TimelineEntry = Schemas['JourneyTimelineEntry'];
type Readers = Schemas['JourneyReaders'];

export type Scope = 'mine' | 'team' | 'all';
export type Needs = 'needs-you' | 'this-week' | 'not-met' | 'nothing';
export type Look = 'moves' | 'stuck' | 'not-met' | 'baseline-closes';
export type CaseloadLooks = Schemas['CaseloadLooks'];

export interface CaseloadFilter {
  scope: Scope;
  state?: string;
  needs?: Needs | '';
  look?: Look | '';
  after?: string | null;
}

/** A page of a caseload, what needs doing first. */
export function getCaseload({ scope, state, needs, look, after }: CaseloadFilter): Promise<Answer<Caseload>> {
  const query = new URLSearchParams({ scope, limit: '100' });
  if (state) query.set('state', state);
  if (needs) query.set('needs', needs);
  if (look) query.set('look', look);
  if (after) query.set('after', after);
  return send('GET', `/api/caseload?${query}`);
}

/** People whose name or reference holds some letters; a name never stands in an address. */
export const searchPeople = (text: string, scope: Scope): Promise<Answer<Caseload>> =>
  send('POST', '/api/caseload/search', { text, scope });

/** How many people each look finds. */
export const getCaseloadLooks = (scope: Scope): Promise<Answer<CaseloadLooks>> => send('GET', `/api/caseload/looks?scope=${scope}`);

/** Who has read somebody's record, newest first. */
export const getReaders = (enrolmentId: string, after: string | null): Promise<Answer<Readers>> =>
  send('GET', `/api/journeys/${enrolmentId}/readers${after ? `?${new URLSearchParams({ after })}` : ''}`);
