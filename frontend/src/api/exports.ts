import type { Answer } from '../lib/result';
import { send } from './client';
import type { components } from './types';

/** What was asked for: how far it is, and its file for as long as whoever asked may fetch it. */
export type Export = components['schemas']['Export'];

export const getExport = (exportId: string): Promise<Answer<Export>> => send('GET', `/api/exports/${exportId}`);

/** Ask for a claim's evidence pack; a worker makes it. */
export const postPack = (claimId: string): Promise<Answer<{ export_id: string }>> => send('POST', `/api/claims/${claimId}/packs`);

/** Have everything that the organisation owns made into one archive. */
export const postOrganisationExport = (): Promise<Answer<{ export_id: string }>> => send('POST', '/api/organisation/exports');
