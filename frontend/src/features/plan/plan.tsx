import { today } from '../../lib/dates';
import { t } from '../../lib/i18n';
import { emptyPlan, planBody, planErrors, planFrom, type PlanDraft } from '../../lib/plan-draft';
import { useRecordForm } from '../../sync/record-form';
import { PlanFields } from '../../ui/plan-fields';
import { RecordScreen } from '../../ui/record-screen';

/** The action plan as it stands, to be changed together; what is saved is a plan of its own. */
export default function Plan() {
  const form = useRecordForm<PlanDraft>({
    name: 'plan',
    action: 'action-plan',
    empty: emptyPlan(),
    check: planErrors,
    bodyOf: value => planBody(value, today()),
    fromBody: planFrom,
    startFrom: ({ plan }) => (plan ? planFrom({ ...plan }) : {}),
    wordsOf: () => t('plan.words'),
  }, t('ui.correct-missing'));
  return (
    <RecordScreen form={form} title={t('plan.title')} lead={t('plan.lead')} submit={t('plan.submit')} done={t('plan.saved')}>
      {form.person && <PlanFields plan={form.value} name={form.person.first_name} errors={form.errors} onChange={form.set} />}
    </RecordScreen>
  );
}
