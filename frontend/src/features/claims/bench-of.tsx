import { useLocation } from 'preact-iso';
import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { getBoardSummary, getClaim, type BoardSummary, type Claim, type Step } from '../../api/claims';
import { monthWords } from '../../lib/dates';
import { t } from '../../lib/i18n';
import { moneyWords } from '../../lib/money';
import { holdsRole } from '../../store/session';
import { useKept } from '../../store/use-kept';
import { AskedFor } from '../../ui/asked';
import { Page } from '../../ui/page';
import { Tabs } from '../../ui/tabs';
import { BenchActs, StepQuestion } from './acts';
import { Claimable } from './claimable';
import { Documents } from './documents';
import { InClaim } from './in-claim';
import { Incomplete } from './incomplete';
import { Outcome, type Done } from './outcome';
import { benchUrl, TABS, type Place, type Tab } from './place';
import { leadOf } from './words';

interface BenchProps {
  place: Place;
  pick: ComponentChildren;
  reloadClaims: () => void;
}

/** One claim on the bench, or the month without one: three sums, four lists, the next act. */
export function Bench({ place, pick, reloadClaims }: BenchProps) {
  const { query } = useLocation();
  const tab = TABS.find(one => one === query['tab']) ?? (place.claim && place.claim.state !== 'draft' && !query['tab'] ? 'in-claim' : 'claimable');
  const claim = useKept<Claim | null>(`claim:${place.claim?.id ?? 'none'}`, () =>
    place.claim ? getClaim(place.claim.id) : Promise.resolve({ kind: 'ok', data: null, status: 200, etag: null }));
  const summary = useKept(`claimable:${place.contract.id}`, () => getBoardSummary(place.contract.id));
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [done, setDone] = useState<Done | null>(null);
  const [asking, setAsking] = useState<Step | null>(null);
  const [turn, setTurn] = useState(0);

  const finish = (next: Done) => {
    setDone(next);
    setChosen(new Set());
    setTurn(before => before + 1);
    claim.reload();
    summary.reload();
    reloadClaims();
  };
  const now: Claim | null = claim.data;
  const known = now ?? place.claim; // the list of claims has its figures before the claim itself is here
  const acts = <BenchActs place={place} claim={now} claimable={summary.data?.claimable ?? null} chosen={chosen} onAsk={setAsking} onDone={finish} />;
  const isDraft = now?.state === 'draft';
  return (
    <Page
      title={t('claims.title')}
      documentTitle={t('claims.document-title', { what: now?.label ?? monthWords(place.month) })}
      lead={now ? leadOf(now) : place.claim ? undefined : t('claims.none-yet', { month: monthWords(place.month) })}
      primary={holdsRole('claims-preparer', 'claims-approver') ? acts : undefined}
    >
      <div class="bench-top">{pick}<Sums sums={known?.sums} /></div>
      {now && now.state !== 'draft' && <Documents claim={now} />}
      <Outcome done={done} claim={now} />
      {claim.failure && <AskedFor asked={claim}>{() => null}</AskedFor>}
      <BenchTabs place={place} tab={tab} claim={now} summary={summary.data} />
      {tab === 'claimable' && (
        <Claimable key={turn} contractId={place.contract.id} summary={summary.data} {...(isDraft ? { chosen, onChoose: setChosen } : {})} />
      )}
      {tab === 'incomplete' && <AskedFor asked={summary}>{found => <Incomplete place={place} summary={found} missing={query['missing'] ?? null} isWaiting={query['list'] === 'not-yet'} />}</AskedFor>}
      {(tab === 'in-claim' || tab === 'rejected') && <InClaim key={`${tab}${turn}`} claim={now} onlyRejected={tab === 'rejected'} onDone={finish} />}
      {now && <StepQuestion claim={now} step={asking} onClose={() => setAsking(null)} onDone={finish} />}
    </Page>
  );
}

const NO_SUMS = { line_count: 0, amount_pence: 0, provider_share_pence: 0 };

/** Always those of this claim, and the same in everything exported. */
function Sums({ sums = NO_SUMS }: { sums: Claim['sums'] | undefined }) {
  return (
    <dl class="sums" aria-label={t('claims.sums')}>
      <div><dt>{t('claims.lines-in')}</dt><dd>{sums.line_count}</dd></div>
      <div><dt>{t('claims.total')}</dt><dd>{moneyWords(sums.amount_pence)}</dd></div>
      <div><dt>{t('claims.share')}</dt><dd>{moneyWords(sums.provider_share_pence)}</dd></div>
    </dl>
  );
}

function BenchTabs({ place, tab, claim, summary }: { place: Place; tab: Tab; claim: Claim | null; summary: BoardSummary | null }) {
  const counts: Record<Tab, number | undefined> = {
    claimable: summary?.claimable.count,
    incomplete: summary?.incomplete.count,
    'in-claim': (claim ?? place.claim)?.sums.line_count ?? 0,
    rejected: claim ? claim.rejected_count : place.claim ? undefined : 0,
  };
  return (
    <Tabs
      label={t('claims.lists')}
      tabs={TABS.map(one => ({
        href: addressOf(place, one),
        label: t(`claims.tab-${one}`),
        current: one === tab,
        ...(counts[one] === undefined ? {} : { count: counts[one] }),
      }))}
    />
  );
}

function addressOf(place: Place, tab: Tab): string {
  const url = benchUrl({ contractId: place.contract.id, month: place.month, number: place.claim?.number, tab });
  return tab === 'claimable' ? `${url}&tab=claimable` : url;
}
