import { useLocation, useRoute } from 'preact-iso';
import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { getClaim, getClaimLines, type Claim, type ClaimLine } from '../../api/claims';
import { monthWords } from '../../lib/dates';
import { t } from '../../lib/i18n';
import { moneyWords } from '../../lib/money';
import { useAnswer, type Asked } from '../../lib/use-answer';
import { usePages, type Pages } from '../../lib/use-pages';
import { AskedFor } from '../../ui/asked';
import { EmptyState } from '../../ui/empty-state';
import { Page, usePageTitle } from '../../ui/page';
import { BackLink } from '../../ui/links';
import { NotificationBanner } from '../../ui/notification-banner';
import { ShowMore } from '../../ui/pager';
import { LineToJudge } from './line-to-judge';
import { chosenLine, isUndecided, nextLine } from './order';

const PAGE = 200;

/** One claim at the assessor's desk: its lines at the left, one of them to judge. No names. */
export default function Assess() {
  const { claimId = '' } = useRoute().params;
  const claim = useAnswer(claimId, () => getClaim(claimId));
  const lines = usePages<ClaimLine>(`assess:${claimId}`, after => getClaimLines(claimId, after, null, PAGE));
  if (!claim.data || !lines.items) {
    return (
      <Page title={t('assess.title')} back={{ href: '/assess', words: t('assess.title') }}>
        <AskedFor asked={claim}>{() => lines.failure ? <NotificationBanner><p>{lines.failure}</p></NotificationBanner> : <p class="soft" role="status">{t('ui.on-its-way')}</p>}</AskedFor>
      </Page>
    );
  }
  return <Desk claim={claim.data} asked={claim} lines={lines} />;
}

interface DeskProps {
  claim: Claim;
  asked: Asked<Claim>;
  lines: Pages<ClaimLine>;
}

function Desk({ claim, asked, lines }: DeskProps) {
  const { query, route } = useLocation();
  const heading = useRef<HTMLHeadingElement>(null);
  const title = t('assess.claim-of', { contract: claim.contract, month: monthWords(claim.month), number: claim.number });
  usePageTitle(title, heading);
  const [decided, setDecided] = useState<ReadonlyMap<string, ClaimLine['state']>>(new Map());
  const items = (lines.items ?? []).map(line => ({ ...line, state: decided.get(line.id) ?? line.state }));
  const current = chosenLine(items, query['line']);
  const address = (line: ClaimLine) => `/assess/${claim.id}?line=${line.id}`;
  const first = useRef(current?.id);
  useEffect(() => {
    if (first.current === current?.id) return;
    scrollTo(0, 0);
    document.getElementById('line-title')?.focus({ preventScroll: true });
  }, [current?.id]);

  // A long claim comes page by page: go on until the line asked for is here, or one that waits.
  const isMissing = query['line'] !== undefined && !items.some(line => line.id === query['line']);
  const isSought = isMissing || (claim.decided_count < claim.sums.line_count && !items.some(isUndecided));
  useEffect(() => {
    if (isSought && lines.hasMore && !lines.busy && !lines.failure) lines.more();
  }, [isSought, lines]);

  const finish = (line: ClaimLine, state: ClaimLine['state']) => {
    const next = nextLine(items, line);
    setDecided(known => new Map(known).set(line.id, state));
    asked.reload();
    if (next) route(address(next), true);
  };
  return (
    <>
      <main class="desk" id="main">
        <h1 class="hidden" ref={heading} tabIndex={-1}>{title}</h1>
        <Queue claim={claim} items={items} current={current} address={address}>
          {lines.hasMore && <ShowMore busy={lines.busy} others={claim.sums.line_count - items.length} onMore={lines.more} />}
        </Queue>
        {current
          ? <LineToJudge key={current.id} line={current} next={nextLine(items, current)} address={address} onDecided={state => finish(current, state)} summary={<Summary claim={claim} />} />
          : <section class="record"><EmptyState title={t('assess.no-line')}>{t('assess.no-line-what')}</EmptyState></section>}
      </main>
    </>
  );
}

interface QueueProps {
  claim: Claim;
  items: readonly ClaimLine[];
  current: ClaimLine | null;
  address: (line: ClaimLine) => string;
  children: ComponentChildren;
}

function Queue({ claim, items, current, address, children }: QueueProps) {
  return (
    <section class="queue queue--lines" aria-label={t('assess.lines')}>
      <div class="queue__head">
        <BackLink href="/assess">{t('assess.title')}</BackLink>
        <h2>{claim.label}</h2>
        <p>{t('assess.undecided', { undecided: claim.sums.line_count - claim.decided_count, count: claim.sums.line_count })}</p>
      </div>
      <ul>
        {items.map(line => (
          <li key={line.id}>
            <a href={address(line)} aria-current={line.id === current?.id ? 'true' : undefined} class={isUndecided(line) ? undefined : 'is-own'}>
              <b>{line.number} {line.rate_title}</b>
              <span class="money">{moneyWords(line.price_pence)}</span>
              <small>{line.person}, {line.provider}</small>
              {line.verified_outside && <small>{t('line.verified-outside')}</small>}
              <small>{isUndecided(line) ? t('assess.waits') : t(`line.state-${line.state}`)}</small>
            </a>
          </li>
        ))}
        {children}
      </ul>
    </section>
  );
}

/** What is decided so far, in lines and money. */
function Summary({ claim }: { claim: Claim }) {
  return (
    <dl class="sums sums--decided" aria-label={t('assess.summary')}>
      <div><dt>{t('assess.decided')}</dt><dd>{t('assess.of', { decided: claim.decided_count, count: claim.sums.line_count })}</dd></div>
      <div><dt>{t('assess.accepted')}</dt><dd>{moneyWords(claim.accepted_pence)}</dd></div>
      <div><dt>{t('assess.rejected')}</dt><dd>{moneyWords(claim.rejected_pence)}</dd></div>
    </dl>
  );
}
