import { useLocation, useRoute } from 'preact-iso';
import { useState } from 'preact/hooks';
import { getDestinations, getEnrolment, postTransfer, putWorker, type EnrolmentSteps } from '../../api/placing';
import { t } from '../../lib/i18n';
import { formErrors, type FormError } from '../../lib/problems';
import { useAnswer } from '../../lib/use-answer';
import { announce } from '../../ui/announce';
import { AskedFor } from '../../ui/asked';
import { Button } from '../../ui/button';
import { Confirm } from '../../ui/dialog';
import { ErrorSummary, errorAt } from '../../ui/error-summary';
import { Select } from '../../ui/inputs';
import { NotificationBanner } from '../../ui/notification-banner';
import { Page, Section } from '../../ui/page';
import { ExtendBaseline } from './extend-baseline';

const REASONS = ['moved', 'specialist-support', 'person-asked', 'capacity', 'other'] as const;

/** Who works with a person: their key worker, and the provider that goes on. */
export default function Arrange() {
  const { enrolmentId = '' } = useRoute().params;
  const enrolment = useAnswer(enrolmentId, () => getEnrolment(enrolmentId));
  const [errors, setErrors] = useState<FormError[]>([]);
  return (
    <Page
      title={t('people.arrange')} kind="form" hasErrors={errors.length > 0}
      back={{ href: `/people/${enrolmentId}`, words: t('ui.back') }}
    >
      <ErrorSummary errors={errors} />
      <AskedFor asked={enrolment}>
        {found => (
          <>
            <KeyWorker enrolment={found} errors={errors} onErrors={setErrors} />
            <ExtendBaseline enrolment={found} errors={errors} onErrors={setErrors} />
            <HandOver enrolment={found} errors={errors} onErrors={setErrors} />
          </>
        )}
      </AskedFor>
    </Page>
  );
}

interface PartProps {
  enrolment: EnrolmentSteps;
  errors: readonly FormError[];
  onErrors: (errors: FormError[]) => void;
}

function KeyWorker({ enrolment, errors, onErrors }: PartProps) {
  const [worker, setWorker] = useState<string>(enrolment.worker_id ?? '');
  const [saved, setSaved] = useState(false);
  const [busy, setBusy] = useState(false);
  const save = async (event: Event) => {
    event.preventDefault();
    if (!worker) return onErrors([{ field: 'worker_id', message: t('people.worker-missing') }]);
    setBusy(true);
    const answer = await putWorker(enrolment.id, worker);
    setBusy(false);
    onErrors(formErrors(answer));
    setSaved(answer.kind === 'ok');
    if (answer.kind === 'ok') announce(t('people.worker-saved'));
  };
  return (
    <Section title={t('people.key-worker')}>
      {saved && <NotificationBanner tone="success"><p>{t('people.worker-saved')}</p></NotificationBanner>}
      <form noValidate class="section-form" onSubmit={event => void save(event)}>
        <Select
          name="worker_id" label={t('people.key-worker')} value={worker} onInput={setWorker} error={errorAt(errors, 'worker_id')}
          options={[{ value: '', label: t('people.choose') }, ...enrolment.workers.map(({ id, name }) => ({ value: id, label: name }))]}
        />
        <Button type="submit" busy={busy}>{t('people.save-worker')}</Button>
      </form>
    </Section>
  );
}

function HandOver({ enrolment, errors, onErrors }: PartProps) {
  const { route } = useLocation();
  const destinations = useAnswer(`${enrolment.id}:to`, () => getDestinations(enrolment.id));
  const [provider, setProvider] = useState('');
  const [reason, setReason] = useState('');
  const [asking, setAsking] = useState(false);
  const [busy, setBusy] = useState(false);
  const providers = destinations.data?.items ?? [];
  const ask = (event: Event) => {
    event.preventDefault();
    const missing: FormError[] = [
      ...(provider ? [] : [{ field: 'provider_id', message: t('people.provider-missing') }]),
      ...(reason ? [] : [{ field: 'reason', message: t('people.reason-missing') }]),
    ];
    onErrors(missing);
    setAsking(missing.length === 0);
  };
  const handOver = async () => {
    setBusy(true);
    const answer = await postTransfer(enrolment.id, provider, reason);
    setBusy(false);
    setAsking(false);
    onErrors(formErrors(answer));
    if (answer.kind === 'ok') route('/people');
  };
  return (
    <Section title={t('people.hand-over')}>
      <p class="section-lead">{t('people.hand-over-what')}</p>
      <AskedFor asked={destinations}>
        {() => providers.length === 0 ? <p class="soft">{t('people.no-destination')}</p> : (
          <form noValidate class="section-form" onSubmit={ask}>
            <Select
              name="provider_id" label={t('people.to-provider')} value={provider} onInput={setProvider} error={errorAt(errors, 'provider_id')}
              options={[{ value: '', label: t('people.choose') }, ...providers.map(({ id, name }) => ({ value: id, label: name }))]}
            />
            <Select
              name="reason" label={t('people.why')} value={reason} onInput={setReason} error={errorAt(errors, 'reason')}
              options={[{ value: '', label: t('people.choose') }, ...REASONS.map(value => ({ value, label: t(`people.transfer-${value}`) }))]}
            />
            <Button type="submit" second>{t('people.hand-over-act')}</Button>
          </form>
        )}
      </AskedFor>
      <Confirm
        open={asking} title={t('people.hand-over-question')} confirm={t('people.hand-over-act')} busy={busy}
        onConfirm={() => void handOver()} onClose={() => setAsking(false)}
      >
        <p>{t('people.hand-over-note', { provider: providers.find(one => one.id === provider)?.name ?? '' })}</p>
      </Confirm>
    </Section>
  );
}
