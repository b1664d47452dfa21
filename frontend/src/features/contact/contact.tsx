import { addDays, dayReached } from '../../lib/dates';
import { t } from '../../lib/i18n';
import { useRecordForm } from '../../sync/record-form';
import { Radios } from '../../ui/choices';
import { DateInput } from '../../ui/date-input';
import { errorAt } from '../../ui/error-summary';
import { TextArea } from '../../ui/inputs';
import { RecordScreen } from '../../ui/record-screen';
import { TimeInput } from '../../ui/time-input';
import { CHANNELS, contactBody, contactErrors, contactFrom, emptyContact, liesAhead, OUTCOMES, type Channel, type ContactDraft, type Outcome } from './draft';

/** Ten seconds: what became of a contact, how, and when. Today and in person are chosen already. */
export default function Contact() {
  const form = useRecordForm<ContactDraft>({
    name: 'contact',
    action: 'contact',
    empty: emptyContact(),
    check: contactErrors,
    bodyOf: contactBody,
    fromBody: contactFrom,
    wordsOf: value => `${t(`contact.outcome-${value.outcome || 'met'}`)}, ${t(`contact.channel-${value.channel}`)}`.toLowerCase(),
  }, t('ui.correct-missing'));
  const { value, set, errors } = form;
  return (
    <RecordScreen form={form} title={t('contact.title')} submit={t('contact.submit')} done={t('contact.done')} another={t('contact.another')}>
      <Radios
        name="outcome"
        label={t('contact.outcome')}
        look="buttons"
        options={OUTCOMES.map(outcome => ({ value: outcome, label: t(`contact.outcome-${outcome}`) }))}
        value={value.outcome}
        onInput={outcome => set({ outcome: outcome as Outcome })}
        error={errorAt(errors, 'outcome')}
      />
      <Radios
        name="channel"
        label={t('contact.channel')}
        look="buttons"
        options={CHANNELS.map(channel => ({ value: channel, label: t(`contact.channel-${channel}`) }))}
        value={value.channel}
        onInput={channel => set({ channel: channel as Channel })}
      />
      {liesAhead(value.outcome)
        ? <WhenNext value={value} set={set} errors={errors} />
        : (
          <DateInput
            name="occurred_on"
            label={t('contact.day')}
            value={value.occurred_on}
            onInput={occurred_on => set({ occurred_on })}
            error={errorAt(errors, 'occurred_on')}
          />
        )}
      <TextArea name="note" label={t('contact.note')} optional rows={2} maxLength={4000} value={value.note} onInput={note => set({ note })} />
    </RecordScreen>
  );
}

function WhenNext({ value, set, errors }: Pick<ReturnType<typeof useRecordForm<ContactDraft>>, 'value' | 'set' | 'errors'>) {
  return (
    <div class="side-by-side">
      <DateInput
        name="planned_on"
        label={t('contact.planned')}
        quick={false}
        min={dayReached()}
        max={addDays(dayReached(), 366)}
        value={value.planned_on}
        onInput={planned_on => set({ planned_on })}
        error={errorAt(errors, 'planned_on')}
      />
      <TimeInput
        name="planned_at"
        label={t('contact.time')}
        value={value.planned_time}
        onInput={planned_time => set({ planned_time })}
        error={errorAt(errors, 'planned_at')}
      />
    </div>
  );
}
