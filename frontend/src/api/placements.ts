import type { Answer } from '../lib/result';
import { send } from './client';
import type { components } from './types';

export type Placement = components['schemas']['Placement'];
export type Placements = components['schemas']['PlacementList'];

/** Where people on a contract stand, for whoever looks after its supply chain; nobody is named. */
export const getPlacements = (contractId: string, after: string | null): Promise<Answer<Placements>> =>
  send('GET', `/api/contracts/${contractId}/placements${after ? `?${new URLSearchParams({ after })}` : ''}`);

/** Assign an adviser of the prime to a person, or nobody. */
export const putAdviser = (enrolmentId: string, userId: string | null): Promise<Answer<unknown>> =>
  send('PUT', `/api/enrolments/${enrolmentId}/adviser`, { user_id: userId });
