import type { Answer } from '../lib/result';
import { send } from './client';
import type { components } from './types';

type Schemas = components['schemas'];
export type Picture = Schemas['Picture'];
export type PictureLadder = Schemas['PictureLadder'];
export type PictureFact = Schemas['PictureFact'];
export type PictureLink = Schemas['PictureLink'];
export type NewPictureLink = Schemas['NewPictureLink'];

/** Somebody's picture, to look at with them. */
export const getPicture = (enrolmentId: string): Promise<Answer<Picture>> => send('GET', `/api/enrolments/${enrolmentId}/picture`);

/** Make a link for the phone of somebody who is in the room; shown once. */
export const postPictureLink = (enrolmentId: string): Promise<Answer<NewPictureLink>> =>
  send('POST', `/api/enrolments/${enrolmentId}/picture-links`, { handed: 'in-the-room' });

export const getPictureLinks = (enrolmentId: string): Promise<Answer<{ items: PictureLink[] }>> =>
  send('GET', `/api/enrolments/${enrolmentId}/picture-links`);

export const deletePictureLink = (linkId: string): Promise<Answer<null>> => send('DELETE', `/api/picture-links/${linkId}`);

/** Open a link on this phone; no other phone can afterwards. */
export const postPictureOpening = (secret: string): Promise<Answer<{ expires_at: string }>> =>
  send('POST', '/api/picture/opening', { secret });

/** The picture of whoever's phone this is. */
export const getOwnPicture = (): Promise<Answer<Picture>> => send('GET', '/api/picture');

/** Say on one's own phone that something is not so, or take that back. */
export const postOwnDisagreement = (recordId: string, body: Record<string, unknown>): Promise<Answer<unknown>> =>
  send('POST', `/api/picture/records/${recordId}/disagreement`, body);

/** Close the picture on this phone for good. */
export const deleteOwnPicture = (): Promise<Answer<null>> => send('DELETE', '/api/picture');
