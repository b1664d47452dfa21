import { today, type Day } from '../../lib/dates';
import { t } from '../../lib/i18n';
import type { FormError } from '../../lib/problems';
import { useRecordForm } from '../../sync/record-form';
import { Radios } from '../../ui/choices';
import { DateInput } from '../../ui/date-input';
import { errorAt } from '../../ui/error-summary';
import { TextArea } from '../../ui/inputs';
import { RecordScreen } from '../../ui/record-screen';
import { Note } from '../../ui/texts';

const REASONS = [
  'completed', 'work', 'education', 'other-support', 'chose-to-leave', 'no-contact', 'moved-away', 'health', 'died',
] as const;

type Reason = (typeof REASONS)[number];

/** The end of somebody's support, as the form holds it; `why` is the code, `reason` belongs to a correction. */
interface EndDraft {
  why: Reason | '';
  occurred_on: Day | '';
  note: string;
}

function endErrors(value: EndDraft): FormError[] {
  const errors: FormError[] = [];
  if (value.why === '') errors.push({ field: 'why', message: t('end.why-missing') });
  if (value.occurred_on === '') errors.push({ field: 'occurred_on', message: t('end.day-missing') });
  return errors;
}

/** Somebody's support ends: why, and on which day. */
export default function End() {
  const form = useRecordForm<EndDraft>({
    name: 'end',
    action: 'end',
    empty: { why: '', occurred_on: today(), note: '' },
    check: endErrors,
    bodyOf: ({ why, occurred_on, note }) => ({ reason: why, occurred_on, ...(note.trim() ? { note: note.trim() } : {}) }),
    fromBody: body => ({
      why: body['reason'] as Reason,
      occurred_on: body['occurred_on'] as Day,
      note: (body['note'] as string | null | undefined) ?? '',
    }),
    wordsOf: value => t('end.words', { why: t(`end.why-${value.why || 'completed'}`).toLowerCase() }),
  }, t('ui.correct-missing'));
  const { value, set, errors } = form;
  return (
    <RecordScreen form={form} title={t('end.title')} lead={t('end.lead')} submit={t('end.submit')} done={t('end.done')}>
      <Radios
        name="why"
        label={t('end.why')}
        options={REASONS.map(reason => ({ value: reason, label: t(`end.why-${reason}`) }))}
        value={value.why}
        onInput={why => set({ why: why as Reason })}
        error={errorAt(errors, 'why')}
      />
      <DateInput
        name="occurred_on"
        label={t('end.day')}
        value={value.occurred_on}
        onInput={occurred_on => set({ occurred_on })}
        error={errorAt(errors, 'occurred_on')}
      />
      <TextArea name="note" label={t('end.note')} optional maxLength={4000} value={value.note} onInput={note => set({ note })} />
      <Note>{t('end.then')}</Note>
    </RecordScreen>
  );
}
