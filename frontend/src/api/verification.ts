import type { Answer } from '../lib/result';
import { send } from './client';
import type { components } from './types';

type Schemas = components['schemas'];
export type QueuedRecord = Schemas['QueuedRecord'];
export type QueuedEvidence = QueuedRecord['evidence'][number];
export type VerificationQueue = Schemas['VerificationQueue'];

/** What waits for the signed-in person to verify, most pressing first. */
export const getVerificationQueue = (): Promise<Answer<VerificationQueue>> => send('GET', '/api/verification-queue');

/** How many records wait for the signed-in person to verify; null where that is not their work. */
export const getVerificationCount = (): Promise<Answer<{ waiting: number | null }>> => send('GET', '/api/verification-queue/count');

/** Send a record to the organisation's outside verifier, who then sees it and nothing else. */
export const postOutsideVerification = (recordId: string): Promise<Answer<Schemas['OutsideVerification']>> =>
  send('POST', `/api/records/${recordId}/outside-verification`);

/** Where the file of an evidence item is; whoever opens it is noted. */
export const evidenceFileUrl = (evidenceId: string): string => `/api/evidence/${evidenceId}/file`;
