import type { Answer } from '../lib/result';
import { send } from './client';
import type { components } from './types';

type Schemas = components['schemas'];
export type ClaimRow = Schemas['ClaimRow'];
export type Claim = Schemas['Claim'];
export type ClaimLine = Schemas['ClaimLine'];
export type LineState = ClaimLine['state'];
export type ClaimStep = Schemas['ClaimStep'];
export type LeftOut = Schemas['LeftOut'];
export type MoneyPath = Schemas['MoneyPath'];
export type Exclusion = Schemas['Exclusion'];
export type LineView = Schemas['LineView'];
export type FollowedLine = Schemas['FollowedLines']['items'][number];
export type FollowedLines = Schemas['FollowedLines'];
export type RejectionReason = NonNullable<Schemas['DecisionDraft']['reason']>;
/** An assessor's word on a line; a rejection has a reason, words, and whether it can be cured. */
export type Decision = { accepted: true } | { accepted: false; reason: RejectionReason; words: string; curable: boolean };
export type ExclusionReason = Schemas['ExclusionDraft']['reason'];
export type Entitlement = Schemas['Entitlement'];
export type BoardRow = Schemas['BoardRow'];
export type BoardState = 'claimable' | 'incomplete' | 'closed' | 'not-yet';
export type BoardSummary = Schemas['Summary'];

/** A page of a list. */
export interface Items<T> {
  items: T[];
  next: string | null;
  count: number;
}

function query(values: Record<string, string | null | undefined>): string {
  const given = Object.entries(values).filter((entry): entry is [string, string] => Boolean(entry[1]));
  return given.length > 0 ? `?${new URLSearchParams(given)}` : '';
}

/** The claims in sight, the newest first: as many as a page holds. */
export const getClaims = (): Promise<Answer<Items<ClaimRow>>> => send('GET', '/api/claims?limit=200');

export const getClaim = (claimId: string): Promise<Answer<Claim>> => send('GET', `/api/claims/${claimId}`);

export const getClaimLines = (claimId: string, after: string | null, state: LineState | null = null, limit = 50): Promise<Answer<Items<ClaimLine>>> =>
  send('GET', `/api/claims/${claimId}/lines${query({ after, state, limit: String(limit) })}`);

/** Begin a claim for a month, named by its first day. */
export const postClaim = (contractId: string, month: string): Promise<Answer<Claim>> =>
  send('POST', '/api/claims', { contract_id: contractId, month });

export const postLines = (claimId: string, entitlementIds: readonly string[] | 'all'): Promise<Answer<Schemas['LinesAdded']>> =>
  send('POST', `/api/claims/${claimId}/lines`, { entitlement_ids: entitlementIds });

/** Leave a line out of a draft; its provider sees why. */
export const deleteLine = (claimId: string, lineId: string, body: { reason: ExclusionReason; words: string }): Promise<Answer<null>> =>
  send('DELETE', `/api/claims/${claimId}/lines/${lineId}`, body);

export type Step = 'lock' | 'unlock' | 'approval' | 'submission';

/** Take a claim one step on, or open it again. */
export const postStep = (claimId: string, step: Step): Promise<Answer<ClaimStep>> => send('POST', `/api/claims/${claimId}/${step}`);

export const getLine = (lineId: string): Promise<Answer<LineView>> => send('GET', `/api/claim-lines/${lineId}`);

export const postDecision = (lineId: string, decision: Decision): Promise<Answer<LineView>> =>
  send('POST', `/api/claim-lines/${lineId}/decision`, decision);

/** The claims that were handed in to the signed-in assessor's organisation. */
export const getClaimsToAssess = (after: string | null): Promise<Answer<Items<ClaimRow>>> =>
  send('GET', `/api/assess/claims${query({ after })}`);

/** One's own organisation's lines at every step; the first page also brings what was left out. */
export const getOwnLines = (contractId: string | null, after: string | null, state: LineState | null = null): Promise<Answer<FollowedLines>> =>
  send('GET', `/api/lines${query({ contract_id: contractId, after, state })}`);

/** Where one's own organisation's money of a contract is, in sums of all its lines. */
export const getMoneyPath = (contractId: string): Promise<Answer<MoneyPath>> => send('GET', `/api/lines/money${query({ contract_id: contractId })}`);

export const postContest = (exclusionId: string, words: string): Promise<Answer<Exclusion>> =>
  send('POST', `/api/exclusions/${exclusionId}/contest`, { words });

/** What one person's records earn of each rate, with every condition; to managers and those who claim. */
export const getEntitlements = (enrolmentId: string): Promise<Answer<Items<Entitlement>>> =>
  send('GET', `/api/enrolments/${enrolmentId}/entitlements`);

/** A page of what is claimable or incomplete on a contract, least time first. */
export const getBoard = (contractId: string, state: BoardState, missing: string | null, after: string | null): Promise<Answer<Items<BoardRow>>> =>
  send('GET', `/api/claimable${query({ contract_id: contractId, state, missing_code: missing, after })}`);

export const getBoardSummary = (contractId: string): Promise<Answer<BoardSummary>> =>
  send('GET', `/api/claimable/summary${query({ contract_id: contractId })}`);
