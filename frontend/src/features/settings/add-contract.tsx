import { useLocation } from 'preact-iso';
import { useState } from 'preact/hooks';
import { getOrganisations, postContract, type OrganisationName } from '../../api/settings';
import type { Day } from '../../lib/dates';
import { t } from '../../lib/i18n';
import { useAnswer } from '../../lib/use-answer';
import { currentSession } from '../../store/session';
import { announce } from '../../ui/announce';
import { AskedFor } from '../../ui/asked';
import { Button } from '../../ui/button';
import { Radios } from '../../ui/choices';
import { DayInput } from '../../ui/date-input';
import { ErrorSummary, errorAt } from '../../ui/error-summary';
import { Select, TextInput } from '../../ui/inputs';
import { Page } from '../../ui/page';
import { contractBody, contractErrors, NATIONS, type ContractDraft } from './contract-draft';
import { useSending, type Sending } from './use-sending';

const EMPTY: ContractDraft = {
  kind: '', code: '', title: '', nation: 'ENG', starts_on: '', ends_on: '', commissioner_id: '', area_code: '', area_name: '', claim_day: '14',
};

/** A contract that one's organisation leads, or a programme of its own. */
export default function AddContract() {
  const { route } = useLocation();
  const organisations = useAnswer('organisations', getOrganisations);
  const sending = useSending();
  const [draft, setDraft] = useState(EMPTY);
  const submit = async (event: Event) => {
    event.preventDefault();
    const added = await sending.send(contractErrors(draft), () => postContract(contractBody(draft)), { 'code-taken': 'code' });
    if (!added) return;
    route(`/settings/contracts/${added.id}`);
    announce(t('settings.contract-added'));
  };
  return (
    <Page
      title={t('settings.add-contract')} kind="form" lead={t('settings.add-contract-lead')}
      back={{ href: '/settings/contracts', words: t('settings.contracts') }} hasErrors={sending.errors.length > 0}
      primary={organisations.data && <Button big grow type="submit" form="contract" busy={sending.busy}>{t('settings.add-contract')}</Button>}
    >
      <ErrorSummary errors={sending.errors} />
      <AskedFor asked={organisations}>
        {({ items }) => (
          <form id="contract" noValidate onSubmit={event => void submit(event)}>
            <ContractFields draft={draft} organisations={items} errors={sending.errors} onChange={change => setDraft({ ...draft, ...change })} />
          </form>
        )}
      </AskedFor>
    </Page>
  );
}

interface ContractFieldsProps {
  draft: ContractDraft;
  organisations: readonly OrganisationName[];
  errors: Sending['errors'];
  onChange: (change: Partial<ContractDraft>) => void;
}

function ContractFields({ draft, organisations, errors, onChange }: ContractFieldsProps) {
  const text = (name: 'code' | 'title' | 'area_code' | 'area_name' | 'claim_day', server: string = name) => ({
    name: server, value: draft[name], error: errorAt(errors, server), onInput: (value: string) => onChange({ [name]: value }), autocomplete: 'off',
  });
  const day = (name: 'starts_on' | 'ends_on') => ({
    name, value: draft[name], error: errorAt(errors, name), onInput: (value: Day | '') => onChange({ [name]: value }),
  });
  const own = currentSession().membership.organisation.id;
  return (
    <>
      <Radios
        name="kind" label={t('settings.contract-kind')} value={draft.kind} error={errorAt(errors, 'kind')}
        onInput={kind => onChange({ kind: kind as ContractDraft['kind'] })}
        options={[
          { value: 'commissioned', label: t('settings.kind-commissioned'), hint: t('settings.kind-commissioned-hint') },
          { value: 'own', label: t('settings.kind-own'), hint: t('settings.kind-own-hint') },
        ]}
      />
      <TextInput {...text('title')} label={t('settings.contract-title')} />
      <TextInput {...text('code')} label={t('settings.code')} hint={t('settings.contract-code-hint')} width={10} maxLength={16} />
      <Select
        name="nation" label={t('settings.nation')} hint={t('settings.nation-hint')} value={draft.nation} error={errorAt(errors, 'nation')}
        onInput={nation => onChange({ nation: nation as ContractDraft['nation'] })}
        options={NATIONS.map(value => ({ value, label: t(`settings.nation-${value}`) }))}
      />
      <DayInput {...day('starts_on')} label={t('settings.starts-on')} />
      <DayInput {...day('ends_on')} label={t('settings.ends-on')} {...(draft.starts_on ? { min: draft.starts_on } : {})} />
      {draft.kind === 'commissioned' && (
        <>
          <Select
            name="commissioner_id" label={t('settings.commissioner')} hint={<a href="/settings/partners/new">{t('settings.not-in-list')}</a>}
            value={draft.commissioner_id} error={errorAt(errors, 'commissioner_id')} onInput={commissioner_id => onChange({ commissioner_id })}
            options={[
              { value: '', label: t('settings.choose') },
              ...organisations.map(({ id, name }) => ({ value: id, label: id === own ? t('settings.your-own', { name }) : name })),
            ]}
          />
          <TextInput {...text('area_code', 'package_area.code')} label={t('settings.area-code')} hint={t('settings.area-hint')} optional width={10} maxLength={16} />
          <TextInput {...text('area_name', 'package_area.name')} label={t('settings.area-name')} optional />
          <TextInput {...text('claim_day')} label={t('settings.claim-by')} hint={t('settings.claim-by-hint')} inputMode="numeric" width={2} />
        </>
      )}
    </>
  );
}
