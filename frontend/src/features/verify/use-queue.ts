import { useState } from 'preact/hooks';
import { getVerificationQueue, type QueuedRecord } from '../../api/verification';
import { today } from '../../lib/dates';
import { t } from '../../lib/i18n';
import { fieldWords, problemWords } from '../../lib/problems';
import { useKept } from '../../store/use-kept';
import { giveUp, localRecords, type LocalRecord } from '../../sync/outbox';
import { localRecord, withdraw, writeRecord } from '../../sync/recording';
import { withoutJudged } from './queue';
import { noteQueue } from './waiting';
import { titleOf } from './words';

/** What was judged a moment ago, so that it stays in view and can be taken back. */
export interface Judged {
  id: string;
  record: QueuedRecord;
  decision: 'verified' | 'returned';
}

export interface Judgement {
  decision: 'verified' | 'returned';
  reason?: string;
  words?: string;
  late_reason?: string;
}

/** The queue as the server has it, less what was judged on this device; and the acts on it. */
export function useQueue() {
  const asked = useKept('verification-queue', async () => {
    const answer = await getVerificationQueue();
    noteQueue(answer);
    return answer;
  });
  const [judgedHere, setJudgedHere] = useState<ReadonlySet<string>>(new Set());
  const [last, setLast] = useState<Judged | null>(null);

  const refused = verifications().filter(one => one.state === 'needs');
  const underway = verifications().filter(one => one.state === 'saved' || one.state === 'sending').map(subjectOf);
  const gone = new Set([...judgedHere, ...underway].filter(id => !refused.some(one => subjectOf(one) === id)));
  const items = asked.data ? withoutJudged(asked.data.items, gone) : null;

  /** Judge a record: it is on this device when the promise resolves, and goes by itself. */
  async function judge(record: QueuedRecord, judgement: Judgement): Promise<void> {
    const words = t(`verify.${judgement.decision}-says`, { what: titleOf(record), name: record.person });
    const before = refusalOf(record.id);
    if (before) await giveUp(before.id);
    const id = await writeRecord({
      action: 'verification', enrolmentId: record.enrolment_id, subjectId: record.id, words,
      body: { occurred_on: today(), ...judgement },
    });
    setJudgedHere(known => new Set(known).add(record.id));
    setLast({ id, record, decision: judgement.decision });
  }

  /** Take the last judgement back; the record is in the queue again when that has been received. */
  async function takeBack({ id, record }: Judged): Promise<void> {
    const words = t('verify.taken-back', { what: titleOf(record) });
    await withdraw(id, record.enrolment_id, t('verify.taken-back-because'), words);
    setJudgedHere(known => new Set([...known].filter(one => one !== record.id)));
    setLast(null);
  }

  return { asked, items, last, lastState: last && localRecord(last.id), judge, takeBack };
}

function verifications(): LocalRecord[] {
  return localRecords.value.filter(one => one.action === 'verification');
}

const subjectOf = (one: LocalRecord) => one.about.record_id ?? '';

function refusalOf(recordId: string): LocalRecord | undefined {
  return verifications().find(one => one.state === 'needs' && subjectOf(one) === recordId);
}

/** Why the server did not take this device's judgement of a record, in words; null where it did, or was not asked. */
export function refusalWords(recordId: string): string | null {
  const refusal = refusalOf(recordId)?.refusal;
  if (!refusal) return null;
  const [fault] = refusal.errors ?? [];
  return fault ? fieldWords(fault) : problemWords(refusal);
}
