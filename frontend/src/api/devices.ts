import type { Answer } from '../lib/result';
import { send } from './client';
import type { components } from './types';

type Schemas = components['schemas'];
export type Device = Schemas['Device'];
export type DeviceCase = Schemas['DeviceCase'];
export type ParkedItem = Schemas['ParkedItem'];

/** The devices from which one's organisation has been written to, and what they say of themselves. */
export const getDevices = (): Promise<Answer<Schemas['DeviceList']>> => send('GET', '/api/devices');

/** Take a device out of use: what it holds to read goes at its next contact, what waits on it comes to a manager. */
export const postRevocation = (deviceId: string): Promise<Answer<unknown>> => send('POST', `/api/devices/${deviceId}/revocation`);

/** Let a device be used again. */
export const deleteRevocation = (deviceId: string): Promise<Answer<unknown>> => send('DELETE', `/api/devices/${deviceId}/revocation`);

/** What looks like a lost queue, and nobody has settled. */
export const getDeviceCases = (): Promise<Answer<Schemas['DeviceCaseList']>> => send('GET', '/api/device-cases?state=open');

/** Settle a case, in words that say what came of it. */
export const postClosure = (caseId: string, reason: string): Promise<Answer<unknown>> =>
  send('POST', `/api/device-cases/${caseId}/closure`, { reason });

/** Records that came from a device out of use, or by somebody else's hand. */
export const getQuarantined = (): Promise<Answer<Schemas['ParkedItemList']>> => send('GET', '/api/parked-items?state=quarantined');

/** Let a record in, as its author made it. */
export const postAcceptance = (itemId: string): Promise<Answer<unknown>> => send('POST', `/api/parked-items/${itemId}/acceptance`);

/** Keep a record out, with the reason. */
export const postDiscard = (itemId: string, reason: string): Promise<Answer<unknown>> =>
  send('POST', `/api/parked-items/${itemId}/discard`, { reason });
