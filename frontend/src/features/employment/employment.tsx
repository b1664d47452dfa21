import { addDays, dayReached } from '../../lib/dates';
import { t } from '../../lib/i18n';
import { useRecordForm } from '../../sync/record-form';
import { Checkboxes, Radios } from '../../ui/choices';
import { DateInput } from '../../ui/date-input';
import { errorAt } from '../../ui/error-summary';
import { TextArea, TextInput } from '../../ui/inputs';
import { RecordScreen } from '../../ui/record-screen';
import { Note } from '../../ui/texts';
import { emptyEmployment, employmentBody, employmentErrors, employmentFrom, KINDS, type EmploymentDraft, type Kind } from './draft';

const AHEAD_DAYS = 60;

/** A spell of paid work: for whom, from when, how many hours. Its end is recorded by correcting it. */
export default function Employment() {
  const form = useRecordForm<EmploymentDraft>({
    name: 'employment',
    action: 'employment',
    empty: emptyEmployment(),
    check: employmentErrors,
    bodyOf: employmentBody,
    fromBody: employmentFrom,
    wordsOf: value => t('employment.words', { employer: value.employer.trim() }),
  }, t('ui.correct-missing'));
  const { value, set, errors } = form;
  return (
    <RecordScreen
      form={form}
      title={t('employment.title')}
      lead={t('employment.lead')}
      submit={t('employment.submit')}
      done={t('employment.done')}
    >
      <Radios
        name="kind"
        label={t('employment.kind')}
        look="buttons"
        options={KINDS.map(kind => ({ value: kind, label: t(`employment.kind-${kind}`) }))}
        value={value.kind}
        onInput={kind => set({ kind: kind as Kind })}
      />
      <TextInput
        name="employer"
        label={value.kind === 'self-employed' ? t('employment.business') : t('employment.employer')}
        maxLength={200}
        value={value.employer}
        onInput={employer => set({ employer })}
        error={errorAt(errors, 'employer')}
      />
      <DateInput
        name="started_on"
        label={t('employment.started')}
        max={addDays(dayReached(), AHEAD_DAYS)}
        value={value.started_on}
        onInput={started_on => set({ started_on })}
        error={errorAt(errors, 'started_on')}
      />
      <TextInput
        name="weekly_minutes"
        label={t('employment.hours')}
        hint={t('employment.hours-hint')}
        inputMode="decimal"
        width={4}
        value={value.weekly_hours}
        onInput={weekly_hours => set({ weekly_hours })}
        error={errorAt(errors, 'weekly_minutes')}
      />
      <Checkboxes
        name="has_ended"
        label={t('employment.ended-question')}
        hideLabel
        options={[{ value: 'yes', label: t('employment.ended-yes') }]}
        values={value.has_ended ? ['yes'] : []}
        onInput={values => set({ has_ended: values.length > 0 })}
      />
      {value.has_ended && (
        <DateInput
          name="ended_on"
          label={t('employment.ended')}
          value={value.ended_on}
          onInput={ended_on => set({ ended_on })}
          error={errorAt(errors, 'ended_on')}
        />
      )}
      <TextArea name="note" label={t('employment.note')} optional rows={2} maxLength={4000} value={value.note} onInput={note => set({ note })} />
      <Note>{t('employment.proof')}</Note>
    </RecordScreen>
  );
}
