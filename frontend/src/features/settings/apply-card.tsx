import { useState } from 'preact/hooks';
import { getRateCards, postCardApplication, type WholeContract } from '../../api/settings';
import type { Day } from '../../lib/dates';
import { t } from '../../lib/i18n';
import { formErrors, type FormError } from '../../lib/problems';
import { useAnswer } from '../../lib/use-answer';
import { announce } from '../../ui/announce';
import { Button } from '../../ui/button';
import { DateInput } from '../../ui/date-input';
import { ErrorSummary, errorAt } from '../../ui/error-summary';
import { Select } from '../../ui/inputs';
import { NotificationBanner } from '../../ui/notification-banner';
import { Section } from '../../ui/page';

/** Price a contract's people by a card from a day on. */
export function ApplyCard({ contract }: { contract: WholeContract }) {
  const cards = useAnswer('rate-cards', getRateCards);
  const [card, setCard] = useState('');
  const [group, setGroup] = useState('');
  const [from, setFrom] = useState<Day | ''>('');
  const [errors, setErrors] = useState<FormError[]>([]);
  const [busy, setBusy] = useState(false);
  const [applied, setApplied] = useState(false);
  const submit = async (event: Event) => {
    event.preventDefault();
    const missing: FormError[] = [
      ...(card ? [] : [{ field: 'rate_card_id', message: t('settings.card-missing') }]),
      ...(from ? [] : [{ field: 'applies_from', message: t('settings.from-missing') }]),
    ];
    setErrors(missing);
    if (missing.length > 0) return;
    setBusy(true);
    const answer = await postCardApplication(contract.id, { rate_card_id: card, payment_group_id: group || null, applies_from: from });
    setBusy(false);
    setErrors(formErrors(answer));
    setApplied(answer.kind === 'ok');
    if (answer.kind === 'ok') announce(t('settings.card-applied'));
  };
  return (
    <Section title={t('settings.apply-card')}>
      {applied && <NotificationBanner tone="success"><p>{t('settings.card-applied')}</p></NotificationBanner>}
      <ErrorSummary errors={errors} />
      <form noValidate class="section-form" onSubmit={event => void submit(event)}>
        <Select
          name="rate_card_id" label={t('settings.card')} value={card} onInput={setCard} error={errorAt(errors, 'rate_card_id')}
          options={[
            { value: '', label: t('settings.choose') },
            ...(cards.data?.items ?? []).map(one => ({ value: one.id, label: t('settings.card-version', { title: one.title, version: one.version }) })),
          ]}
        />
        {contract.payment_groups.length > 0 && (
          <Select
            name="payment_group_id" label={t('settings.payment-group')} value={group} onInput={setGroup} error={errorAt(errors, 'payment_group_id')}
            options={[{ value: '', label: t('settings.everybody') }, ...contract.payment_groups.map(one => ({ value: one.id, label: `${one.code} ${one.title}` }))]}
          />
        )}
        <DateInput name="applies_from" label={t('settings.from')} value={from} onInput={setFrom} max={null} error={errorAt(errors, 'applies_from')} />
        <Button type="submit" busy={busy}>{t('settings.apply')}</Button>
      </form>
    </Section>
  );
}
