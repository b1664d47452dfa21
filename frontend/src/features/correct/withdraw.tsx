import { useRoute } from 'preact-iso';
import { useState } from 'preact/hooks';
import type { Person } from '../../api/person';
import { dayWords } from '../../lib/dates';
import { t } from '../../lib/i18n';
import { problemWords, type FormError } from '../../lib/problems';
import { usePerson } from '../../store/person';
import { localRecord, useDraft, withdraw } from '../../sync/recording';
import { Button, LinkButton } from '../../ui/button';
import { Confirm } from '../../ui/dialog';
import { errorAt } from '../../ui/error-summary';
import { TextArea } from '../../ui/inputs';
import { RecordPage, Saved } from '../../ui/record-page';

/** What a record that is not in the journey yet says, without the name that its list puts before it. */
function wordsHere(recordId: string, person: Person | null): string | undefined {
  return localRecord(recordId)?.about.words.replace(`${person?.short_name ?? ''}: `, '');
}

/** Take a record back: it should not be there at all. Every version stays readable. */
export default function Withdraw() {
  const { params } = useRoute();
  const [enrolmentId, recordId] = [params['id'] ?? '', params['recordId'] ?? ''];
  const { person, failure } = usePerson(enrolmentId);
  const draft = useDraft(`withdraw:${enrolmentId}:${recordId}`, { reason: '' });
  const { reason } = draft.value;
  const [errors, setErrors] = useState<FormError[]>([]);
  const [asking, setAsking] = useState(false);
  const [savedId, setSavedId] = useState<string | null>(null);

  const known = person?.records.find(record => record.id === recordId);
  const words = known?.words ?? wordsHere(recordId, person) ?? t('correct.record');
  const ask = (event: Event) => {
    event.preventDefault();
    const missing = reason.trim() === '';
    setErrors(missing ? [{ field: 'reason', message: t('correct.reason-missing') }] : []);
    setAsking(!missing);
  };
  const confirm = async () => {
    setAsking(false);
    setSavedId(await withdraw(recordId, enrolmentId, reason.trim(), t('correct.words', { name: person?.short_name ?? '', words: words.toLowerCase() })));
    await draft.drop();
  };
  const saved = localRecord(savedId);
  if (savedId && person) {
    return (
      <RecordPage key="done" title={t('correct.withdraw-title')} person={person}>
        <Saved
          title={t('correct.withdrawn')}
          state={saved?.state ?? 'received'}
          reason={saved?.refusal ? problemWords(saved.refusal) : null}
        >
          <LinkButton href={`/people/${enrolmentId}`}>{t('ui.back-to', { name: person.short_name })}</LinkButton>
        </Saved>
      </RecordPage>
    );
  }
  return (
    <RecordPage
      key="form"
      title={t('correct.withdraw-title')}
      lead={known ? t('correct.of', { words, day: dayWords(known.occurred_on) }) : words}
      person={person}
      failure={failure}
      errors={errors}
      primary={<Button big grow type="submit" form="withdraw">{t('correct.withdraw')}</Button>}
    >
      <form id="withdraw" noValidate onSubmit={ask}>
        <p class="section-lead">{t('correct.withdraw-lead')}</p>
        <TextArea name="reason" label={t('correct.reason')} rows={3} maxLength={4000} value={reason} onInput={next => draft.set({ reason: next })} error={errorAt(errors, 'reason')} />
      </form>
      <Confirm
        open={asking}
        title={t('correct.question', { words })}
        confirm={t('correct.withdraw')}
        onConfirm={() => void confirm()}
        onClose={() => setAsking(false)}
      >
        <p>{t('correct.then')}</p>
      </Confirm>
    </RecordPage>
  );
}
