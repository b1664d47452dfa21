import { today } from '../../lib/dates';
import { t } from '../../lib/i18n';
import { emptyPlan, planAgain, planBody, planErrors, planFrom, type PlanDraft } from '../../lib/plan-draft';
import type { Signature } from '../../lib/signature';
import { useDraft, type NewRecord } from '../../sync/recording';
import { useRecordForm } from '../../sync/record-form';
import { signatureRecord } from '../../sync/signing';
import { PlanFields } from '../../ui/plan-fields';
import { RecordScreen } from '../../ui/record-screen';
import { SignatureField } from '../../ui/signature';

interface Signed {
  signature: Signature | null;
}

const NOT_SIGNED: Signed = { signature: null };

/** The action plan as it stands, to be changed together; what is saved is a plan of its own. */
export default function Plan() {
  const form = useRecordForm<PlanDraft>({
    name: 'plan',
    action: 'action-plan',
    empty: emptyPlan(),
    check: planErrors,
    bodyOf: value => planBody(value, today()),
    fromBody: planFrom,
    startFrom: ({ plan }) => (plan ? planAgain({ ...plan }) : {}),
    wordsOf: () => t('plan.words'),
    withIt: async (recordId, _value, person): Promise<NewRecord[]> => {
      const { signature } = signed.value;
      return signature ? [await signatureRecord(recordId, person.enrolment_id, person.short_name, signature)] : [];
    },
    afterwards: (): Promise<void> => signed.clear(),
  }, t('ui.correct-missing'));
  const signed = useDraft<Signed>(`plan-signed:${form.enrolmentId}`, NOT_SIGNED);
  const name = form.person?.first_name ?? '';
  return (
    <RecordScreen form={form} title={t('plan.title')} lead={t('plan.lead')} submit={t('plan.submit')} done={t('plan.saved')}>
      {form.person && (
        <>
          <PlanFields plan={form.value} name={name} errors={form.errors} onChange={form.set} />
          <section class="step" aria-labelledby="agreed">
            <h2 id="agreed">{t('signature.plan')}</h2>
            <p>{t('signature.plan-lead', { name })}</p>
            <SignatureField name={name} value={signed.value.signature} onChange={signature => signed.set({ signature })} />
          </section>
        </>
      )}
    </RecordScreen>
  );
}
