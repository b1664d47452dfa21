import { useState } from 'preact/hooks';
import { postClaim, postLines, postStep, type BoardSummary, type Claim, type LeftOut, type Step } from '../../api/claims';
import { monthWords } from '../../lib/dates';
import { t } from '../../lib/i18n';
import { moneyWords } from '../../lib/money';
import { failureWords } from '../../lib/problems';
import type { Answer } from '../../lib/result';
import { holdsRole } from '../../store/session';
import { announce } from '../../ui/announce';
import { Button, LinkButton } from '../../ui/button';
import { Confirm } from '../../ui/dialog';
import type { Done } from './outcome';
import type { Place } from './place';

interface ActsProps {
  place: Place;
  claim: Claim | null;
  claimable: BoardSummary['claimable'] | null;
  chosen: ReadonlySet<string>;
  onDone: (done: Done) => void;
}

/** What may be done with the claim now, by whoever is here; every step asks once. */
export function BenchActs({ place, claim, claimable, chosen, onDone }: ActsProps) {
  const [asking, setAsking] = useState<Step | null>(null);
  const [busy, setBusy] = useState(false);
  const isPreparer = holdsRole('claims-preparer');
  const isApprover = holdsRole('claims-approver');

  async function run<T>(work: () => Promise<Answer<T>>, done: (data: T) => Done) {
    setBusy(true);
    const answer = await work();
    setBusy(false);
    setAsking(null);
    const outcome = answer.kind === 'ok' ? done(answer.data) : { words: failureWords(answer) ?? '', leftOut: [], isRefusal: true };
    announce(outcome.words);
    onDone(outcome);
  }
  const begin = () => run(() => postClaim(place.contract.id, place.month), begun => ({ words: t('claims.begun', { label: begun.label }), leftOut: [] }));
  const step = (claim: Claim, name: Step) => run(() => postStep(claim.id, name), ({ left_out: leftOut }: { left_out: readonly LeftOut[] }) => (
    { words: t(`claims.done-${name}`, { label: claim.label }), leftOut }
  ));
  const add = (claim: Claim) => run(
    () => postLines(claim.id, chosen.size > 0 ? [...chosen] : 'all'),
    added => ({ words: t('claims.added', { count: added.added_count }), leftOut: added.left_out }),
  );

  if (!claim) {
    if (place.claim || !isPreparer) return null;
    return <Button grow busy={busy} onClick={() => void begin()}>{t('claims.begin', { month: monthWords(place.month) })}</Button>;
  }
  const ask = (name: Step) => <Button second={name !== 'approval' && name !== 'submission'} {...(name === 'lock' ? { icon: 'lock' as const } : {})} onClick={() => setAsking(name)}>{t(`claims.act-${name}`)}</Button>;
  const count = chosen.size || claimable?.count || 0;
  const open = claim.state === 'submitted' || claim.state === 'settled';
  return (
    <>
      <div class="acts acts--bench">
        {claim.state === 'draft' && (isPreparer || isApprover) && claim.sums.line_count > 0 && ask('lock')}
        {claim.state === 'draft' && isPreparer && count > 0 && (
          <Button grow busy={busy} onClick={() => void add(claim)}>{t('claims.add', { count })}</Button>
        )}
        {(claim.state === 'locked' || claim.state === 'approved') && (isPreparer || isApprover) && ask('unlock')}
        {claim.state === 'locked' && isApprover && ask('approval')}
        {claim.state === 'approved' && isApprover && ask('submission')}
        {open && isPreparer && (claimable?.count ?? 0) > 0 && <Button second busy={busy} onClick={() => void begin()}>{t('claims.begin-another', { month: monthWords(place.month) })}</Button>}
        {open && (isPreparer || isApprover) && <LinkButton href={`/claims/${claim.id}/pack`} icon="box">{t('claims.pack')}</LinkButton>}
      </div>
      {asking && (
        <Confirm
          open
          title={t(`claims.ask-${asking}`, { label: claim.label })}
          confirm={t(`claims.confirm-${asking}`, { count: claim.sums.line_count })}
          busy={busy}
          onConfirm={() => void step(claim, asking)}
          onClose={() => setAsking(null)}
        >
          <p>{t(`claims.then-${asking}`, { count: claim.sums.line_count, amount: moneyWords(claim.sums.amount_pence), share: moneyWords(claim.sums.provider_share_pence) })}</p>
          {asking === 'lock' && <p>{t('claims.then-lock-checks')}</p>}
          {asking === 'lock' && <p>{t('claims.then-lock-back')}</p>}
        </Confirm>
      )}
    </>
  );
}
