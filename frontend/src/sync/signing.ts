import { today } from '../lib/dates';
import { sha256 } from '../lib/hash';
import { t } from '../lib/i18n';
import type { Signature } from '../lib/signature';
import type { NewRecord } from './recording';

/**
 * The record that somebody signed: their own confirmation, written here. It is testimony given beside the worker, so it
 * helps and never makes a record payable by itself; a drawing is sealed and sent as any photo is.
 */
export async function signatureRecord(subjectId: string, enrolmentId: string, person: string, signature: Signature): Promise<NewRecord> {
  const { bytes, name } = signature;
  const now = today();
  const note = bytes ? t('signature.note-drawn') : t('signature.note-typed', { name });
  return {
    action: 'evidence', enrolmentId, subjectId, words: `${person}: ${t('signature.words')}`,
    files: bytes ? [new File([bytes], 'signature.png', { type: 'image/png' })] : [],
    body: {
      kind: 'participant-confirmation', occurred_on: now, obtained_on: now, obtained_how: 'written-here', note,
      ...(bytes ? { sent_sha256: await sha256(bytes) } : {}),
    },
  };
}
