import { t } from '../../lib/i18n';
import { useRecordForm } from '../../sync/record-form';
import { Radios } from '../../ui/choices';
import { DateInput } from '../../ui/date-input';
import { errorAt } from '../../ui/error-summary';
import { Select, TextArea, TextInput } from '../../ui/inputs';
import { RecordScreen } from '../../ui/record-screen';
import { emptySession, isShared, KINDS, minutesOf, QUICK_MINUTES, sessionBody, sessionErrors, sessionFrom, type Kind, type SessionDraft } from './draft';

/** Support given: what kind, how long, with how many. */
export default function SessionRecord() {
  const form = useRecordForm<SessionDraft>({
    name: 'session',
    action: 'intervention',
    empty: emptySession(),
    check: sessionErrors,
    bodyOf: sessionBody,
    fromBody: sessionFrom,
    wordsOf: value => t('session-record.words', { kind: t(`session-record.kind-${value.kind}`).toLowerCase(), minutes: minutesOf(value) }),
  }, t('ui.correct-missing'));
  const { value, set, errors } = form;
  return (
    <RecordScreen
      form={form}
      title={t('session-record.title')}
      submit={t('session-record.submit')}
      done={t('session-record.done')}
      another={t('session-record.another')}
    >
      <Select
        name="kind"
        label={t('session-record.kind')}
        options={KINDS.map(kind => ({ value: kind, label: t(`session-record.kind-${kind}`) }))}
        value={value.kind}
        onInput={kind => set({ kind: kind as Kind })}
      />
      {isShared(value.kind) && (
        <TextInput
          name="group_size"
          label={t('session-record.group')}
          hint={t('session-record.group-hint')}
          inputMode="numeric"
          width={4}
          value={value.group_size}
          onInput={group_size => set({ group_size })}
          error={errorAt(errors, 'group_size')}
        />
      )}
      <Radios
        name="duration_minutes"
        label={t('session-record.minutes')}
        look="buttons"
        options={[
          ...QUICK_MINUTES.map(minutes => ({ value: minutes, label: t('session-record.minutes-of', { minutes }) })),
          { value: 'other', label: t('session-record.minutes-other') },
        ]}
        value={value.minutes}
        onInput={minutes => set({ minutes })}
        error={errorAt(errors, 'duration_minutes')}
      />
      {value.minutes === 'other' && (
        <TextInput
          name="other_minutes"
          label={t('session-record.other-minutes')}
          inputMode="numeric"
          width={4}
          value={value.other_minutes}
          onInput={other_minutes => set({ other_minutes })}
          error={errorAt(errors, 'other_minutes')}
        />
      )}
      <DateInput
        name="occurred_on"
        label={t('session-record.day')}
        value={value.occurred_on}
        onInput={occurred_on => set({ occurred_on })}
        error={errorAt(errors, 'occurred_on')}
      />
      <TextArea name="note" label={t('session-record.note')} optional maxLength={4000} value={value.note} onInput={note => set({ note })} />
    </RecordScreen>
  );
}
