import { useLocation, useRoute } from 'preact-iso';
import { useState } from 'preact/hooks';
import { postNonStart } from '../../api/standing';
import { t } from '../../lib/i18n';
import { formErrors, type FormError } from '../../lib/problems';
import { usePerson } from '../../store/person';
import { announce } from '../../ui/announce';
import { Button } from '../../ui/button';
import { Radios } from '../../ui/choices';
import { Confirm } from '../../ui/dialog';
import { errorAt } from '../../ui/error-summary';
import { RecordPage } from '../../ui/record-page';

const REASONS = ['no-contact', 'changed-mind', 'work', 'health', 'moved-away', 'other'] as const;

/** Somebody who was accepted never started: why; asked once more, since only a new referral brings them back. */
export default function NotStarted() {
  const { id = '' } = useRoute().params;
  const { route } = useLocation();
  const { person, failure } = usePerson(id);
  const [reason, setReason] = useState('');
  const [errors, setErrors] = useState<FormError[]>([]);
  const [asking, setAsking] = useState(false);
  const [busy, setBusy] = useState(false);
  const name = person?.short_name ?? '';
  if (person && person.state !== 'accepted') {
    return <RecordPage title={t('person.not-started')} person={person}><p>{t('person.not-started-not-now', { name })}</p></RecordPage>;
  }
  const ask = (event: Event) => {
    event.preventDefault();
    const missing = reason ? [] : [{ field: 'reason', message: t('person.not-started-missing') }];
    setErrors(missing);
    setAsking(missing.length === 0);
  };
  const send = async () => {
    setBusy(true);
    const answer = await postNonStart(id, reason);
    setBusy(false);
    setAsking(false);
    setErrors(formErrors(answer));
    if (answer.kind !== 'ok') return;
    route('/people');
    announce(t('person.not-started-now', { name }));
  };
  return (
    <RecordPage
      title={t('person.not-started-title', { name })}
      lead={t('person.not-started-lead')}
      person={person}
      failure={failure}
      errors={errors}
      primary={<Button big grow type="submit" form="not-started">{t('person.not-started-act')}</Button>}
    >
      <form id="not-started" noValidate onSubmit={ask}>
        <Radios
          name="reason" label={t('person.not-started-why')} value={reason} onInput={setReason}
          options={REASONS.map(value => ({ value, label: t(`person.not-started-${value}`) }))} error={errorAt(errors, 'reason')}
        />
      </form>
      <Confirm
        open={asking} title={t('person.not-started-question', { name })} confirm={t('person.not-started-act')} busy={busy}
        onConfirm={() => void send()} onClose={() => setAsking(false)}
      >
        <p>{t('person.not-started-then')}</p>
      </Confirm>
    </RecordPage>
  );
}
