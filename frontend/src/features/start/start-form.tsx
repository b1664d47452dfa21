import { today, type Day } from '../../lib/dates';
import { t } from '../../lib/i18n';
import { emptyPlan, planBody, planErrors, planFrom, type PlanDraft } from '../../lib/plan-draft';
import { useRecordForm } from '../../sync/record-form';
import { LinkButton } from '../../ui/button';
import { DateInput } from '../../ui/date-input';
import { errorAt } from '../../ui/error-summary';
import { PlanFields } from '../../ui/plan-fields';
import { RecordPage } from '../../ui/record-page';
import { RecordScreen } from '../../ui/record-screen';

interface StartDraft extends PlanDraft {
  occurred_on: Day | '';
}

/** The first day and the first plan; the start goes first, the plan after it. */
export function StartForm() {
  const form = useRecordForm<StartDraft>({
    name: 'start',
    action: 'start',
    empty: { ...emptyPlan(), occurred_on: today() },
    check: value => [
      ...(value.occurred_on ? [] : [{ field: 'occurred_on', message: t('start.day-missing') }]),
      ...planErrors(value),
    ],
    bodyOf: value => ({ occurred_on: value.occurred_on }),
    fromBody: body => ({ occurred_on: body['occurred_on'] as Day }),
    startFrom: ({ plan }) => (plan ? planFrom({ ...plan }) : {}),
    wordsOf: () => t('start.words'),
    withIt: (_recordId, value, person) => Promise.resolve([{
      action: 'action-plan', enrolmentId: person.enrolment_id, body: planBody(value, value.occurred_on || today()),
      words: `${person.short_name}: ${t('plan.words')}`,
    }]),
  }, t('ui.correct-missing'));
  const { value, set, errors, person } = form;
  if (person && person.state !== 'accepted' && !form.saved) {
    return <RecordPage title={t('start.title')} person={person}><p>{t('start.already', { name: person.short_name })}</p></RecordPage>;
  }
  return (
    <RecordScreen
      form={form}
      title={t('start.start-title', { name: person?.short_name ?? '' })}
      lead={t('start.start-lead')}
      submit={t('start.submit')}
      done={t('start.done')}
      next={<LinkButton href={`/people/${form.enrolmentId}/rate`}>{t('start.rate-next')}</LinkButton>}
    >
      <DateInput
        name="occurred_on"
        label={t('start.day')}
        value={value.occurred_on}
        onInput={occurred_on => set({ occurred_on })}
        error={errorAt(errors, 'occurred_on')}
      />
      {person && <PlanFields plan={value} name={person.first_name} errors={errors} onChange={set} />}
    </RecordScreen>
  );
}
