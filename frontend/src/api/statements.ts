import type { Answer } from '../lib/result';
import { send } from './client';
import type { components } from './types';

type Schemas = components['schemas'];
export type StatementRow = Schemas['StatementRow'];
export type Statement = Schemas['Statement'];
export type Entry = Statement['entries'][number];
export type Remittance = Statement['remittances'][number];

export interface Statements {
  items: StatementRow[];
  next: string | null;
  count: number;
}

/** A page of the months' accounts, the newest first; a provider's are its own entries alone. */
export function getStatements(contractId: string | null, after: string | null): Promise<Answer<Statements>> {
  const query = new URLSearchParams({ ...(contractId ? { contract_id: contractId } : {}), ...(after ? { after } : {}) });
  return send('GET', `/api/statements?${query}`);
}

export const getStatement = (statementId: string): Promise<Answer<Statement>> => send('GET', `/api/statements/${statementId}`);

/** Close a month's account; what is decided later stands on the next one. */
export const postClosure = (statementId: string): Promise<Answer<Statement>> => send('POST', `/api/statements/${statementId}/closure`);

/** Note when the prime was paid for a provider's lines, and when it passed the money on. */
export const putRemittance = (
  statementId: string,
  providerId: string,
  body: { prime_paid_on?: string; passed_on_on?: string },
): Promise<Answer<Statement>> => send('PUT', `/api/statements/${statementId}/remittances/${providerId}`, body);

/** Confirm that one's own money of a statement arrived. */
export const postArrival = (statementId: string, arrivedOn: string): Promise<Answer<Statement>> =>
  send('POST', `/api/statements/${statementId}/arrival`, { arrived_on: arrivedOn });
