import { useLocation } from 'preact-iso';
import { useEffect, useState } from 'preact/hooks';
import { getPlacements, putAdviser, type Placement, type Placements } from '../../api/placements';
import { getContract, getContracts, type Contract } from '../../api/settings';
import { dayWords } from '../../lib/dates';
import { phraseFor, t } from '../../lib/i18n';
import { failureWords } from '../../lib/problems';
import { useAnswer } from '../../lib/use-answer';
import { announce } from '../../ui/announce';
import { AskedFor } from '../../ui/asked';
import { Button } from '../../ui/button';
import { EmptyState } from '../../ui/empty-state';
import { Select } from '../../ui/inputs';
import { NotificationBanner } from '../../ui/notification-banner';
import { Page } from '../../ui/page';
import { ShowMore } from '../../ui/pager';
import { Row, Rows } from '../../ui/rows';
import { ReferAgain } from './refer-again';

/** Somebody in one of these can be referred once more; who died cannot. */
const CLOSED = ['declined', 'never-started', 'ended', 'transferred'];

/** Where the people of a contract stand, and who advises each; by reference, nobody is named. */
export default function PlacementsPage() {
  const contracts = useAnswer('contracts', getContracts);
  const led = (contracts.data?.items ?? []).filter(contract => contract.parts.includes('prime'));
  const { query } = useLocation();
  const [chosen, setChosen] = useState(query['contract'] ?? '');
  const contractId = (led.find(({ id }) => id === chosen) ?? led[0])?.id ?? '';
  return (
    <Page title={t('referrals.placements')} kind="day" lead={t('referrals.placements-lead')} back={{ href: '/referrals', words: t('referrals.title') }}>
      <AskedFor asked={contracts}>
        {() => led.length === 0
          ? <EmptyState title={t('referrals.no-led')}>{t('referrals.no-led-words')}</EmptyState>
          : (
            <>
              <Select
                name="contract" label={t('referrals.on-contract')} value={contractId} onInput={setChosen}
                options={led.map((contract: Contract) => ({ value: contract.id, label: `${contract.code} ${contract.title}` }))}
              />
              <People key={contractId} contractId={contractId} />
            </>
          )}
      </AskedFor>
    </Page>
  );
}

function People({ contractId }: { contractId: string }) {
  const [page, setPage] = useState<Placements | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const [busy, setBusy] = useState(true);
  const contract = useAnswer(contractId, () => getContract(contractId));
  const load = async (after: string | null) => {
    setBusy(true);
    const answer = await getPlacements(contractId, after);
    setBusy(false);
    setFailure(failureWords(answer));
    if (answer.kind !== 'ok') return;
    setPage(before => ({ ...answer.data, items: after && before ? [...before.items, ...answer.data.items] : answer.data.items }));
  };
  useEffect(() => void load(null), [contractId]);
  const assign = async (placement: Placement, userId: string | null) => {
    const answer = await putAdviser(placement.id, userId);
    setFailure(failureWords(answer));
    if (answer.kind !== 'ok' || !page) return;
    setPage({ ...page, items: page.items.map(one => (one.reference === placement.reference ? { ...one, adviser_id: userId } : one)) });
    announce(t('referrals.adviser-saved', { reference: placement.reference }));
  };
  const [again, setAgain] = useState<Placement | null>(null);
  const [asking, setAsking] = useState(false);
  const referred = (placement: Placement) => {
    setAsking(false);
    announce(t('referrals.again-now', { reference: placement.reference }));
    void load(null);
  };
  const ask = (placement: Placement) => {
    setAgain(placement);
    setAsking(true);
  };
  const isWithSomebody = new Set(page?.items.filter(one => !CLOSED.includes(one.state)).map(one => one.reference));
  const provider = (id: string) => contract.data?.subcontracts.find(place => place.provider.id === id)?.provider.short_name ?? '';
  return (
    <>
      {failure && <NotificationBanner><p>{failure}</p></NotificationBanner>}
      {!page && !failure && <p class="soft" role="status">{t('ui.on-its-way')}</p>}
      {again && <ReferAgain key={again.id} placement={again} open={asking} onClose={() => setAsking(false)} onDone={() => referred(again)} />}
      {page?.items.length === 0 && <EmptyState title={t('referrals.nobody-placed')}>{t('referrals.nobody-placed-words')}</EmptyState>}
      {page && page.items.length > 0 && (
        <Rows kind="placements" label={t('referrals.placements')}>
          {page.items.map(placement => (
            <Row
              key={placement.id}
              title={placement.reference}
              acts={
                <>
                  {CLOSED.includes(placement.state) && !isWithSomebody.has(placement.reference) && (
                    <Button second label={t('referrals.again-of', { reference: placement.reference })} onClick={() => ask(placement)}>
                      {t('referrals.again')}
                    </Button>
                  )}
                  <a class="quiet" href={`/people/${placement.id}/same-person`} aria-label={t('referrals.same-of', { reference: placement.reference })}>
                    {t('referrals.same')}
                  </a>
                </>
              }
              side={
                <Select
                  name={`adviser-${placement.id}`} label={t('referrals.adviser-of', { reference: placement.reference })} hideLabel
                  value={placement.adviser_id ?? ''} onInput={value => void assign(placement, value || null)}
                  options={[{ value: '', label: t('referrals.no-adviser') }, ...page.advisers.map(({ id, name }) => ({ value: id, label: name }))]}
                />
              }
            >
              <p>{placement.referral_reference}. {provider(placement.provider_id)}, {phraseFor('people', `state-${placement.state}`)?.toLowerCase() ?? placement.state}. {t('referrals.since', { day: dayWords(placement.referred_on) })}</p>
            </Row>
          ))}
          {page.next && <ShowMore busy={busy} onMore={() => void load(page.next)} />}
        </Rows>
      )}
    </>
  );
}
