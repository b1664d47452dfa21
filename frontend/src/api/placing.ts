import type { Answer } from '../lib/result';
import { send } from './client';
import type { components } from './types';

export type EnrolmentSteps = components['schemas']['EnrolmentWithSteps'];
export type ExtensionReason = components['schemas']['BaselineExtension']['reason'];
export type Destinations = components['schemas']['TransferDestinationList'];

/** Where somebody stands, and who can be their key worker. */
export const getEnrolment = (enrolmentId: string): Promise<Answer<EnrolmentSteps>> => send('GET', `/api/enrolments/${enrolmentId}`);

/** The other providers of the contract. */
export const getDestinations = (enrolmentId: string): Promise<Answer<Destinations>> =>
  send('GET', `/api/enrolments/${enrolmentId}/destinations`);

export const putWorker = (enrolmentId: string, workerId: string): Promise<Answer<unknown>> =>
  send('PUT', `/api/enrolments/${enrolmentId}/worker`, { worker_id: workerId });

/** Give a second baseline four more weeks, once and with a reason. */
export const postBaselineExtension = (enrolmentId: string, reason: ExtensionReason): Promise<Answer<unknown>> =>
  send('POST', `/api/enrolments/${enrolmentId}/baseline-extension`, { reason });

/** Hand somebody to another provider; their record there begins anew. */
export const postTransfer = (enrolmentId: string, providerId: string, reason: string): Promise<Answer<unknown>> =>
  send('POST', `/api/enrolments/${enrolmentId}/transfer`, { provider_id: providerId, reason });
