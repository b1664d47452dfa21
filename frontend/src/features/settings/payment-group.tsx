import { useLocation, useRoute } from 'preact-iso';
import { useState } from 'preact/hooks';
import { getContract, postPaymentGroup, putPaymentGroup, type PaymentGroup, type WholeContract } from '../../api/settings';
import { t } from '../../lib/i18n';
import { useAnswer } from '../../lib/use-answer';
import { announce } from '../../ui/announce';
import { AskedFor } from '../../ui/asked';
import { Button } from '../../ui/button';
import { EmptyState } from '../../ui/empty-state';
import { ErrorSummary, errorAt } from '../../ui/error-summary';
import { TextInput } from '../../ui/inputs';
import { Page } from '../../ui/page';
import { codeErrors, codeOf } from './contract-draft';
import { useSending, type Sending } from './use-sending';

/** People who are priced alike: a code for referral lists, which stays, and a title, which may change. */
export default function PaymentGroupPage() {
  const { contractId = '', groupId } = useRoute().params;
  const contract = useAnswer(contractId, () => getContract(contractId));
  const sending = useSending();
  const group = contract.data?.payment_groups.find(one => one.id === groupId);
  const isGone = contract.data !== null && groupId !== undefined && !group;
  return (
    <Page
      title={groupId ? t('settings.rename-group', { code: group?.code ?? '' }) : t('settings.add-group')} kind="form"
      lead={t('settings.group-lead')} hasErrors={sending.errors.length > 0}
      back={{ href: `/settings/contracts/${contractId}`, words: contract.data?.code ?? t('settings.contract') }}
      primary={contract.data && !isGone && (
        <Button big grow type="submit" form="group" busy={sending.busy}>{groupId ? t('settings.save') : t('settings.add-group')}</Button>
      )}
    >
      <ErrorSummary errors={sending.errors} />
      <AskedFor asked={contract}>
        {whole => isGone
          ? <EmptyState title={t('settings.group-gone')}>{t('settings.group-gone-what')}</EmptyState>
          : <GroupForm contract={whole} group={group ?? null} sending={sending} />}
      </AskedFor>
    </Page>
  );
}

function GroupForm({ contract, group, sending }: { contract: WholeContract; group: PaymentGroup | null; sending: Sending }) {
  const { route } = useLocation();
  const [code, setCode] = useState('');
  const [title, setTitle] = useState(group?.title ?? '');
  const submit = async (event: Event) => {
    event.preventDefault();
    const missing = [
      ...(group ? [] : codeErrors(code)),
      ...(title.trim() ? [] : [{ field: 'title', message: t('settings.title-missing') }]),
    ];
    const save = () => (group
      ? putPaymentGroup(contract.id, group.id, title.trim())
      : postPaymentGroup(contract.id, { code: codeOf(code), title: title.trim() }));
    if (!(await sending.send(missing, save, { 'code-taken': 'code' }))) return;
    route(`/settings/contracts/${contract.id}`);
    announce(t('settings.group-saved'));
  };
  return (
    <form id="group" noValidate onSubmit={event => void submit(event)}>
      {!group && (
        <TextInput
          name="code" label={t('settings.code')} hint={t('settings.group-code-hint')} width={10} maxLength={16} autocomplete="off"
          value={code} onInput={setCode} error={errorAt(sending.errors, 'code')}
        />
      )}
      <TextInput
        name="title" label={t('settings.group-title')} hint={t('settings.group-title-hint')} autocomplete="off"
        value={title} onInput={setTitle} error={errorAt(sending.errors, 'title')}
      />
    </form>
  );
}
