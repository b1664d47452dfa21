import type { Answer } from '../lib/result';
import type { SealKey } from '../lib/seal';
import { send } from './client';

/** The server's key to seal to, and whether it still wants this tablet. */
export interface SealAnswer extends SealKey {
  user_id: string;
  server_time: string;
  device_revoked?: boolean;
}

/** Ask for the key to seal to; `device` lets the server say whether it was taken out of use. */
export function getSeal(device: string): Promise<Answer<SealAnswer>> {
  return send('GET', `/api/sync/seal?${new URLSearchParams({ device })}`);
}

/** Tell the server that a refused item was given up, so that it forgets its text, too. */
export function deleteParked(itemId: string): Promise<Answer<null>> {
  return send('DELETE', `/api/sync/parked/${itemId}`);
}
