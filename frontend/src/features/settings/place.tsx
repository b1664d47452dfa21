import { useLocation, useRoute } from 'preact-iso';
import { useState } from 'preact/hooks';
import {
  getContract, getOrganisations, postPlace, putPlace, type OrganisationName, type Place, type WholeContract,
} from '../../api/settings';
import type { Day } from '../../lib/dates';
import { t } from '../../lib/i18n';
import { useAnswer } from '../../lib/use-answer';
import { announce } from '../../ui/announce';
import { AskedFor } from '../../ui/asked';
import { Button } from '../../ui/button';
import { Radios } from '../../ui/choices';
import { DayInput } from '../../ui/date-input';
import { EmptyState } from '../../ui/empty-state';
import { ErrorSummary, errorAt } from '../../ui/error-summary';
import { Select, TextInput } from '../../ui/inputs';
import { Page } from '../../ui/page';
import { emptyPlace, placeBody, placeDraftOf, placeErrors, type PlaceDraft } from './place-draft';
import { useSending, type Sending } from './use-sending';

const DELIVERIES = ['end-to-end', 'specialist', 'spot-purchase'] as const;

/** A provider's place on a contract: what it promises and is promised. */
export default function PlacePage() {
  const { contractId = '', placeId } = useRoute().params;
  const contract = useAnswer(contractId, () => getContract(contractId));
  const sending = useSending();
  const place = contract.data?.subcontracts.find(one => one.id === placeId);
  const isGone = contract.data !== null && placeId !== undefined && !place;
  return (
    <Page
      title={placeId ? t('settings.place-of', { provider: place?.provider.short_name ?? '' }) : t('settings.add-place')} kind="form"
      lead={contract.data && `${contract.data.code} ${contract.data.title}`} hasErrors={sending.errors.length > 0}
      back={{ href: `/settings/contracts/${contractId}`, words: contract.data?.code ?? t('settings.contract') }}
      primary={contract.data && !isGone && (
        <Button big grow type="submit" form="place" busy={sending.busy}>{placeId ? t('settings.save-place') : t('settings.add-place')}</Button>
      )}
    >
      <ErrorSummary errors={sending.errors} />
      <AskedFor asked={contract}>
        {whole => isGone
          ? <EmptyState title={t('settings.place-gone')}>{t('settings.place-gone-what')}</EmptyState>
          : <PlaceForm contract={whole} place={place ?? null} sending={sending} />}
      </AskedFor>
    </Page>
  );
}

function PlaceForm({ contract, place, sending }: { contract: WholeContract; place: Place | null; sending: Sending }) {
  const { route } = useLocation();
  const organisations = useAnswer('organisations', getOrganisations);
  const [draft, setDraft] = useState<PlaceDraft>(() => (place ? placeDraftOf(place) : emptyPlace(contract.starts_on)));
  const submit = async (event: Event) => {
    event.preventDefault();
    const body = placeBody(draft);
    const save = () => (place ? putPlace(contract.id, place.id, body) : postPlace(contract.id, { ...body, provider_id: draft.provider_id }));
    const saved = await sending.send(placeErrors(draft), save, { 'provider-on-contract': 'provider_id' });
    if (!saved) return;
    route(`/settings/contracts/${contract.id}`);
    announce(t('settings.place-saved', { provider: saved.provider.short_name }));
  };
  const taken = new Set(contract.subcontracts.map(one => one.provider.id));
  return (
    <form id="place" noValidate onSubmit={event => void submit(event)}>
      {!place && (
        <AskedFor asked={organisations}>
          {({ items }) => <ProviderField organisations={items.filter(one => !taken.has(one.id))} draft={draft} errors={sending.errors} onChange={provider_id => setDraft({ ...draft, provider_id })} />}
        </AskedFor>
      )}
      <PlaceFields draft={draft} errors={sending.errors} onChange={change => setDraft({ ...draft, ...change })} />
    </form>
  );
}

interface ProviderFieldProps {
  organisations: readonly OrganisationName[];
  draft: PlaceDraft;
  errors: Sending['errors'];
  onChange: (providerId: string) => void;
}

function ProviderField({ organisations, draft, errors, onChange }: ProviderFieldProps) {
  return (
    <Select
      name="provider_id" label={t('settings.provider')} hint={<a href="/settings/partners/new">{t('settings.not-in-list')}</a>}
      value={draft.provider_id} error={errorAt(errors, 'provider_id')} onInput={onChange}
      options={[{ value: '', label: t('settings.choose') }, ...organisations.map(({ id, name }) => ({ value: id, label: name }))]}
    />
  );
}

interface PlaceFieldsProps {
  draft: PlaceDraft;
  errors: Sending['errors'];
  onChange: (change: Partial<PlaceDraft>) => void;
}

function PlaceFields({ draft, errors, onChange }: PlaceFieldsProps) {
  const text = (name: 'tier' | 'promised_referrals' | 'promised_value_pence' | 'provider_share_basis_points') => ({
    name, value: draft[name], error: errorAt(errors, name), onInput: (value: string) => onChange({ [name]: value }), autocomplete: 'off',
  });
  const day = (name: 'starts_on' | 'ends_on') => ({
    name, value: draft[name], error: errorAt(errors, name), onInput: (value: Day | '') => onChange({ [name]: value }),
  });
  return (
    <>
      <Radios
        name="delivery" label={t('settings.delivery')} value={draft.delivery} error={errorAt(errors, 'delivery')}
        onInput={delivery => onChange({ delivery: delivery as PlaceDraft['delivery'] })}
        options={DELIVERIES.map(value => ({ value, label: t(`settings.delivery-${value}`), hint: t(`settings.delivery-${value}-hint`) }))}
      />
      <TextInput {...text('tier')} label={t('settings.tier-label')} hint={t('settings.tier-hint')} inputMode="numeric" width={2} />
      <TextInput {...text('promised_referrals')} label={t('settings.promised-referrals')} hint={t('settings.promised-referrals-hint')} inputMode="numeric" width={5} />
      <TextInput {...text('promised_value_pence')} label={t('settings.promised-value')} hint={t('settings.promised-value-hint')} inputMode="decimal" prefix="£" width={10} />
      <TextInput {...text('provider_share_basis_points')} label={t('settings.share-label')} hint={t('settings.share-hint')} inputMode="decimal" width={5} />
      <DayInput {...day('starts_on')} label={t('settings.place-starts')} />
      <DayInput {...day('ends_on')} label={t('settings.place-ends')} hint={t('settings.place-ends-hint')} optional {...(draft.starts_on ? { min: draft.starts_on } : {})} />
    </>
  );
}
