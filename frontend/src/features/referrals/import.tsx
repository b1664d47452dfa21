import { useEffect, useState } from 'preact/hooks';
import { getContracts, postConfirmation, postReferralList, type ContractBrief, type Preview } from '../../api/referral-imports';
import { t } from '../../lib/i18n';
import { failureWords, formErrors, type FormError } from '../../lib/problems';
import { holdsRole } from '../../store/session';
import { Button, LinkButton } from '../../ui/button';
import { ErrorSummary, errorAt } from '../../ui/error-summary';
import { Select } from '../../ui/inputs';
import { NotificationBanner } from '../../ui/notification-banner';
import { Page } from '../../ui/page';
import { ListHelp } from './list-help';
import { ListPicker } from './list-picker';
import { ListPreview } from './list-preview';
import { listErrors } from './remark-words';

type Step = { kind: 'choose' } | { kind: 'reading'; name: string } | { kind: 'preview'; preview: Preview } | { kind: 'done'; count: number; contractId: string };

/** Take in a referral list: choose it, look at each row, then take in all new people together. */
export default function Import() {
  const [contracts, setContracts] = useState<ContractBrief[]>([]);
  const [contractId, setContractId] = useState('');
  const [asked, setAsked] = useState(false);
  const [step, setStep] = useState<Step>({ kind: 'choose' });
  const [errors, setErrors] = useState<FormError[]>([]);
  const [busy, setBusy] = useState(false);
  const [drop, setDrop] = useState(false);
  useEffect(() => {
    void getContracts().then(answer => {
      const failure = failureWords(answer);
      if (failure) setErrors([{ message: failure }]);
      if (answer.kind !== 'ok') return;
      const led = answer.data.items.filter(contract => contract.parts.includes('prime'));
      setContracts(led);
      if (led.length === 1) setContractId(led[0]?.id ?? '');
      setAsked(true);
    });
  }, []);

  const read = async (file: File) => {
    setErrors([]);
    setStep({ kind: 'reading', name: file.name });
    const answer = await postReferralList(contractId, file);
    if (answer.kind === 'ok') return setStep({ kind: 'preview', preview: answer.data });
    setErrors(listErrors(answer));
    setStep({ kind: 'choose' });
  };
  const confirm = async (preview: Preview) => {
    setBusy(true);
    const answer = await postConfirmation(preview.id, drop);
    setBusy(false);
    setErrors(formErrors(answer));
    if (answer.kind === 'ok') setStep({ kind: 'done', count: answer.data.imported_count, contractId });
  };

  const again = () => {
    setDrop(false);
    setErrors([]);
    setStep({ kind: 'choose' });
  };
  const preview = step.kind === 'preview' ? step.preview : null;
  const isReady = preview && preview.new_count > 0 && (preview.faulty_count === 0 || drop);
  const takeIn = preview && (
    <Button busy={busy} disabled={!isReady} describedBy="take-in-why" onClick={() => void confirm(preview)}>
      {t('referrals.take-in', { count: preview.new_count })}
    </Button>
  );
  const back = { href: '/referrals', words: t('referrals.title') };
  return (
    <Page title={t('referrals.import-title')} lead={t('referrals.import-lead')} back={back} hasErrors={errors.length > 0} primary={takeIn} secondary={preview && <Button second onClick={again}>{t('referrals.another-list')}</Button>}>
      <ErrorSummary errors={errors} />
      {step.kind === 'done' && (
        <NotificationBanner tone="success">
          <p>{t('referrals.taken-in', { count: step.count })}</p>
          <div class="acts">
            {holdsRole('supply-chain')
              ? <LinkButton href={`/referrals/advisers?contract=${step.contractId}`}>{t('referrals.placements')}</LinkButton>
              : <LinkButton second href="/referrals">{t('referrals.title')}</LinkButton>}
            <Button second onClick={again}>{t('referrals.another-list')}</Button>
          </div>
        </NotificationBanner>
      )}
      {(step.kind === 'choose' || step.kind === 'reading') && (
        <>
          {contracts.length > 1 && (
            <Select
              name="contract_id"
              label={t('referrals.contract')}
              options={[
                { value: '', label: t('referrals.contract-choose') },
                ...contracts.map(contract => ({ value: contract.id, label: `${contract.code}: ${contract.title}` })),
              ]}
              value={contractId}
              onInput={setContractId}
            />
          )}
          {contractId && <ListPicker reading={step.kind === 'reading' ? step.name : null} error={errorAt(errors, 'list')} onFile={file => void read(file)} />}
          {asked && contracts.length === 0 && <p class="soft">{t('referrals.no-contract')}</p>}
          <ListHelp />
        </>
      )}
      {step.kind === 'preview' && <ListPreview preview={step.preview} drop={drop} onDrop={setDrop} />}
    </Page>
  );
}
