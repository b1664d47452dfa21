import { useState } from 'preact/hooks';
import { postBaselineExtension, type EnrolmentSteps, type ExtensionReason } from '../../api/placing';
import { dayWords, today } from '../../lib/dates';
import { t } from '../../lib/i18n';
import { formErrors, type FormError } from '../../lib/problems';
import { announce } from '../../ui/announce';
import { Button } from '../../ui/button';
import { errorAt } from '../../ui/error-summary';
import { Select } from '../../ui/inputs';
import { NotificationBanner } from '../../ui/notification-banner';
import { Section } from '../../ui/page';

const REASONS = ['health', 'crisis', 'away', 'no-contact', 'interpreter', 'other'] as const;

export interface ExtendBaselineProps {
  enrolment: EnrolmentSteps;
  errors: readonly FormError[];
  onErrors: (errors: FormError[]) => void;
}

/** More time for a second baseline: once, with a reason, before the first is locked. Nothing where none is waited for. */
export function ExtendBaseline({ enrolment, errors, onErrors }: ExtendBaselineProps) {
  const { second_baseline_due_on: due, baseline_locks_on: locks } = enrolment;
  const [reason, setReason] = useState<ExtensionReason | ''>('');
  const [busy, setBusy] = useState(false);
  const [saved, setSaved] = useState(false);
  if (!due || !locks || locks < today()) return null;
  const extend = async (event: Event) => {
    event.preventDefault();
    if (!reason) return onErrors([{ field: 'extension', message: t('people.extend-reason-missing') }]);
    setBusy(true);
    const answer = await postBaselineExtension(enrolment.id, reason);
    setBusy(false);
    onErrors(formErrors(answer));
    setSaved(answer.kind === 'ok');
    if (answer.kind === 'ok') announce(t('people.extended'));
  };
  return (
    <Section title={t('people.extend')}>
      {saved ? <NotificationBanner tone="success"><p>{t('people.extended')}</p></NotificationBanner> : (
        <form noValidate class="section-form" onSubmit={event => void extend(event)}>
          <p>{t('people.extend-what', { day: dayWords(locks) })}</p>
          <Select
            name="extension" label={t('people.why')} value={reason} onInput={value => setReason(value as ExtensionReason | '')} error={errorAt(errors, 'extension')}
            options={[{ value: '', label: t('people.choose') }, ...REASONS.map(value => ({ value, label: t(`people.extend-${value}`) }))]}
          />
          <Button type="submit" second busy={busy}>{t('people.extend-act')}</Button>
        </form>
      )}
    </Section>
  );
}
