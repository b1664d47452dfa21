import { sha256 } from '../../lib/hash';
import { today, type Day } from '../../lib/dates';
import { phraseFor, t } from '../../lib/i18n';
import type { Signature } from '../../lib/signature';
import { uuid7 } from '../../lib/uuid7';
import type { NewRecord } from '../../sync/recording';
import { signatureRecord } from '../../sync/signing';

/** Evidence that is written here and has no file. */
export const OBSERVATION = 'worker-observation';
/** The person's own word: on paper or their phone it counts, signed beside the worker it helps. */
export const CONFIRMATION = 'participant-confirmation';

/** A document about to be recorded; its bytes are kept with the draft, so that a killed browser loses no photo. */
export interface Proof {
  key: string;
  kind: string;
  name: string;
  type: string;
  bytes: ArrayBuffer;
  how: How;
  /** The document's own date, where it has one. */
  dated_on: Day | '';
}

export type How = 'photographed' | 'scanned' | 'received';

/** What shows that something happened, as the form holds it. */
export interface ProofsDraft {
  proofs: Proof[];
  observation: string;
  signature: Signature | null;
}

export const NO_PROOFS: ProofsDraft = { proofs: [], observation: '', signature: null };

/** Which evidence a record takes, with a few words beside each kind. */
export interface Taken {
  counts: string[];
  helps: string[];
  hints: Record<string, string>;
  /** Whether the person's own word can be signed on this device; it can where nothing is said. */
  isSigned?: boolean;
}

/** What a kind takes besides milestones, where the library says nothing. */
const TAKEN: Record<string, { counts: string[]; helps: string[] }> = {
  employment: { counts: ['payslips', 'employer-confirmation', 'bank-credits', 'trading-record'], helps: ['photo', OBSERVATION] },
};
const ANYTHING = { counts: ['third-party-letter', 'attendance-register', 'certificate', 'photo'], helps: [OBSERVATION] };

/** Which evidence a record that is no milestone takes. */
export function takenBy(recordKind: string): Taken {
  return { ...(TAKEN[recordKind] ?? ANYTHING), hints: {} };
}

/** What a rating takes: the person's own word that it was so, which came from elsewhere. A signature here would not count. */
export function takenByRating(): Taken {
  return { counts: [CONFIRMATION], helps: [], hints: { [CONFIRMATION]: t('milestone.from-elsewhere') }, isSigned: false };
}

/** An evidence kind in words. */
export function kindWords(kind: string): string {
  return phraseFor('milestone', `evidence-${kind}`) ?? kind;
}

/** Read a chosen file into a proof. */
export async function proofOf(file: File, kind: string, wasTaken: boolean): Promise<Proof> {
  const isPicture = wasTaken || (file.type !== 'application/pdf' && !/\.pdf$/i.test(file.name));
  return {
    key: uuid7(), kind, name: file.name, type: file.type, bytes: await file.arrayBuffer(),
    how: isPicture ? 'photographed' : 'received', dated_on: '',
  };
}

/** What shows a record, as records to write: one evidence item each. */
export async function proofRecords(subjectId: string, enrolmentId: string, person: string, draft: ProofsDraft): Promise<NewRecord[]> {
  const now = today();
  const common = { occurred_on: now, obtained_on: now };
  const records: NewRecord[] = await Promise.all(draft.proofs.map(async ({ kind, name, type, bytes, how, dated_on }) => ({
    action: 'evidence', enrolmentId, subjectId, files: [new File([bytes], name, { type })], words: `${person}: ${kindWords(kind).toLowerCase()}`,
    body: { ...common, kind, obtained_how: how, sent_sha256: await sha256(bytes), ...(dated_on ? { dated_on } : {}) },
  })));
  if (draft.signature) records.push(await signatureRecord(subjectId, enrolmentId, person, draft.signature));
  const note = draft.observation.trim();
  if (note) {
    records.push({
      action: 'evidence', enrolmentId, subjectId, words: `${person}: ${kindWords(OBSERVATION).toLowerCase()}`,
      body: { ...common, kind: OBSERVATION, obtained_how: 'written-here', note },
    });
  }
  return records;
}

/** "a certificate or a letter": what is enough, in a sentence. */
export function enoughWords(counts: readonly string[]): string {
  const words = counts.map(kind => kindWords(kind).toLowerCase());
  const last = words.pop() ?? '';
  return words.length === 0 ? last : t('milestone.or', { first: words.join(', '), last });
}
