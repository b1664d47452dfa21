import type { Answer, FieldProblem } from '../lib/result';
import { send } from './client';

/** What becomes of one row of a list. */
export interface PreviewRow {
  line: number;
  result: 'new' | 'known' | 'faulty';
  name: string;
  reference: string;
  provider: string;
  warnings: FieldProblem[];
  faults: FieldProblem[];
}

/** A list as it was read; nobody is taken in before it is confirmed. */
export interface Preview {
  id: string;
  new_count: number;
  known_count: number;
  faulty_count: number;
  rows: PreviewRow[];
}

/** A contract by name, with the parts that one's organisation holds on it. */
export interface ContractBrief {
  id: string;
  code: string;
  title: string;
  parts: string[];
}

/** The contracts on which one's organisation holds a part. */
export function getContracts(): Promise<Answer<{ items: ContractBrief[] }>> {
  return send('GET', '/api/contracts');
}

/** Read a list without taking anybody in. */
export function postReferralList(contractId: string, list: Blob): Promise<Answer<Preview>> {
  return send('POST', `/api/contracts/${contractId}/referral-imports`, list, { headers: { 'Content-Type': 'text/csv' } });
}

/** Take in the new people of a list that was read. */
export function postConfirmation(importId: string, dropFaulty: boolean): Promise<Answer<{ imported_count: number }>> {
  return send('POST', `/api/referral-imports/${importId}/confirmation`, { drop_faulty: dropFaulty });
}
