import type { Day } from '../lib/dates';
import type { Answer } from '../lib/result';
import { send } from './client';
import type { components } from './types';

type Schemas = components['schemas'];
export type PersonDetails = Schemas['PersonDetails'];
export type PersonChange = Schemas['PersonChange'];
export type Restriction = Schemas['PersonRestrictionStanding'];
export type SamePerson = Schemas['SamePersonList'];

/** Stop the clock for somebody from a day on. */
export const postPause = (enrolmentId: string, reason: string, pausedOn: Day): Promise<Answer<unknown>> =>
  send('POST', `/api/enrolments/${enrolmentId}/pause`, { reason, paused_on: pausedOn });

/** Let the clock run again from a day on. */
export const postResumption = (enrolmentId: string, resumedOn: Day): Promise<Answer<unknown>> =>
  send('POST', `/api/enrolments/${enrolmentId}/resumption`, { resumed_on: resumedOn });

/** Note that somebody accepted never started. */
export const postNonStart = (enrolmentId: string, reason: string): Promise<Answer<unknown>> =>
  send('POST', `/api/enrolments/${enrolmentId}/non-start`, { reason });

/** Who somebody is; the reading is noted, and the answer is not kept on this device. */
export const getPersonDetails = (enrolmentId: string): Promise<Answer<PersonDetails>> =>
  send('GET', `/api/enrolments/${enrolmentId}/person`);

/** Change what is given; what is left out stays. */
export const putPersonDetails = (enrolmentId: string, change: PersonChange): Promise<Answer<PersonDetails>> =>
  send('PUT', `/api/enrolments/${enrolmentId}/person`, change);

/** Who alone sees somebody, and who can be named. */
export const getRestriction = (enrolmentId: string): Promise<Answer<Restriction>> =>
  send('GET', `/api/enrolments/${enrolmentId}/restriction`);

/** Let only these see somebody; nobody named lets everybody again. */
export const putRestriction = (enrolmentId: string, viewerIds: readonly string[]): Promise<Answer<unknown>> =>
  send('PUT', `/api/enrolments/${enrolmentId}/restriction`, { viewer_ids: viewerIds });

/** Under which other references of the contract somebody is known. */
export const getSamePerson = (enrolmentId: string): Promise<Answer<SamePerson>> =>
  send('GET', `/api/enrolments/${enrolmentId}/same-person-links`);

export const postSamePerson = (enrolmentId: string, reference: string): Promise<Answer<unknown>> =>
  send('POST', `/api/enrolments/${enrolmentId}/same-person-links`, { reference });

export const deleteSamePerson = (enrolmentId: string, linkId: string): Promise<Answer<null>> =>
  send('DELETE', `/api/enrolments/${enrolmentId}/same-person-links/${linkId}`);

/** Refer somebody once more, to the same provider or to another. */
export const postReReferral = (enrolmentId: string, providerId: string): Promise<Answer<unknown>> =>
  send('POST', `/api/enrolments/${enrolmentId}/re-referral`, { provider_id: providerId });
