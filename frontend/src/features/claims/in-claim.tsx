import { useState } from 'preact/hooks';
import { getClaimLines, getLine, type Claim, type ClaimLine, type Exclusion } from '../../api/claims';
import { dayOf, dayWords } from '../../lib/dates';
import { phraseFor, t } from '../../lib/i18n';
import { moneyWords } from '../../lib/money';
import { useAnswer } from '../../lib/use-answer';
import { usePages } from '../../lib/use-pages';
import { pageKeeper } from '../../store/page-keeper';
import { holdsRole } from '../../store/session';
import { AskedFor } from '../../ui/asked';
import { Button } from '../../ui/button';
import { EmptyState } from '../../ui/empty-state';
import { Conditions, LineEvidenceTable, LineRecords } from '../../ui/line-content';
import { ListState } from '../../ui/list-state';
import { OpeningRow } from '../../ui/opening-row';
import { Section } from '../../ui/page';
import { ShowMore } from '../../ui/pager';
import { Row, Rows } from '../../ui/rows';
import { ExcludeDialog } from './exclude-dialog';
import type { Done } from './outcome';
import { Columns } from './parts';

interface InClaimProps {
  claim: Claim | null;
  onlyRejected: boolean;
  onDone: (done: Done) => void;
}

/** The lines of this claim in the order of their numbers, or those of them that were rejected; then what was left out. */
export function InClaim({ claim, onlyRejected, onDone }: InClaimProps) {
  if (!claim) return <EmptyState title={t('claims.no-claim')}>{t('claims.no-claim-what')}</EmptyState>;
  return (
    <>
      <Lines claim={claim} onlyRejected={onlyRejected} onDone={onDone} />
      {!onlyRejected && claim.exclusions.length > 0 && <LeftOutLines exclusions={claim.exclusions} />}
    </>
  );
}

function Lines({ claim, onlyRejected, onDone }: { claim: Claim; onlyRejected: boolean; onDone: (done: Done) => void }) {
  const pages = usePages(`lines:${claim.id}:${claim.state}:${onlyRejected}`, after => getClaimLines(claim.id, after, onlyRejected ? 'rejected' : null), pageKeeper);
  const [excluding, setExcluding] = useState<ClaimLine | null>(null);
  const mayExclude = claim.state === 'draft' && holdsRole('claims-preparer');
  const shown = pages.items ?? [];
  const corrected = new Set(claim.warnings.map(line => line.id));
  const count = onlyRejected ? claim.rejected_count : claim.sums.line_count;
  const others = count - shown.length;
  return (
    <>
      <h2 class="hidden">{onlyRejected ? t('claims.tab-rejected') : t('claims.tab-in-claim')}</h2>
      <ListState pages={pages} />
      {pages.items && shown.length === 0 && (
        onlyRejected
          ? <EmptyState title={t('claims.nothing-rejected')}>{t('claims.nothing-rejected-what')}</EmptyState>
          : <EmptyState title={t('claims.empty')}>{t('claims.empty-what')}</EmptyState>
      )}
      {shown.length > 0 && (
        <>
          <div class="lines-say"><p>{t(onlyRejected ? 'claims.rejected-say' : 'claims.in-claim-say', { count })}</p></div>
          <Columns fourth={t('claims.col-state')} />
          <ul class="rows lines">
            {shown.map(line => (
              <OpeningRow
                key={line.id}
                reference={line.person}
                title={<>{line.number} {line.rate_title}</>}
                provider={line.verified_outside ? <>{line.provider} <small>{t('line.verified-outside')}</small></> : line.provider}
                from={stateWords(line, corrected)}
                by={<><span class="lbl">{t('claims.by')} </span>{dayWords(line.closes_on)}</>}
                money={moneyWords(line.price_pence)}
              >
                {() => (
                  <>
                    <Whole lineId={line.id} />
                    {mayExclude && (
                      <div class="acts after-why">
                        <Button second label={t('claims.exclude-of', { line: line.number })} onClick={() => setExcluding(line)}>{t('claims.exclude')}</Button>
                      </div>
                    )}
                  </>
                )}
              </OpeningRow>
            ))}
            {pages.hasMore && <ShowMore {...(others > 0 ? { others } : {})} busy={pages.busy} onMore={pages.more} />}
          </ul>
        </>
      )}
      <ExcludeDialog claimId={claim.id} line={excluding} onClose={() => setExcluding(null)} onDone={onDone} />
    </>
  );
}

function stateWords(line: ClaimLine, corrected: ReadonlySet<string>): string {
  if (corrected.has(line.id)) return t('claims.corrected');
  return line.clawback === 'clawed-back' ? t('claims.clawed-back') : t(`line.state-${line.state}`);
}

/** A line in full: conditions, records with their three times, evidence; what was decided. */
function Whole({ lineId }: { lineId: string }) {
  const line = useAnswer(lineId, () => getLine(lineId));
  return (
    <AskedFor asked={line}>
      {view => (
        <>
          {view.decisions.map(decision => !decision.accepted && (
            <p class="section-lead" key={decision.decided_at}>
              <strong>{phraseFor('line', `rejected-${decision.reason}`)}.</strong> “{decision.words}” {decision.curable ? t('claims.curable') : t('line.no-cure')}
            </p>
          ))}
          <h3>{t('line.conditions')}</h3>
          <Conditions conditions={view.content.conditions} />
          <LineRecords records={view.content.records} />
          <LineEvidenceTable evidence={view.content.evidence} />
        </>
      )}
    </AskedFor>
  );
}

/** What was left out of this claim, why, and what the provider says to it. */
function LeftOutLines({ exclusions }: { exclusions: readonly Exclusion[] }) {
  return (
    <Section title={t('claims.left-out')} count={exclusions.length}>
      <Rows>
        {exclusions.map(one => (
          <Row key={one.id} title={`${one.rate_title}, ${one.person}`} side={<span class="money">{moneyWords(one.price_pence)}</span>} needs={one.contested_at !== null}>
            <p>{one.provider}. {phraseFor('line', `excluded-${one.reason}`) ?? one.reason}. “{one.words}” {dayWords(dayOf(one.excluded_at))}</p>
            {one.contested_at && <p><strong>{t('claims.contested', { provider: one.provider, day: dayWords(dayOf(one.contested_at)) })}</strong> “{one.contest_words}”</p>}
          </Row>
        ))}
      </Rows>
    </Section>
  );
}
