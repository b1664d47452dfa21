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

interface Doing {
  place: Place;
  onDone: (done: Done) => void;
}

/** Do something on the server, say what came of it, and hand that on; a refusal changes nothing and says why. */
function useDoing(onDone: (done: Done) => void) {
  const [busy, setBusy] = useState(false);
  async function run<T>(work: () => Promise<Answer<T>>, done: (data: T) => Done): Promise<void> {
    setBusy(true);
    const answer = await work();
    setBusy(false);
    const outcome = answer.kind === 'ok' ? done(answer.data) : { words: failureWords(answer) ?? '', leftOut: leftOutOf(answer), isRefusal: true };
    announce(outcome.words);
    onDone(outcome);
  }
  return { busy, run };
}

/** The lines that a refused step names, where no line stands. */
function leftOutOf<T>(answer: Answer<T>): readonly LeftOut[] {
  return answer.kind === 'problem' ? ((answer.problem as { left_out?: LeftOut[] }).left_out ?? []) : [];
}

interface ActsProps extends Doing {
  claim: Claim | null;
  claimable: BoardSummary['claimable'] | null;
  chosen: ReadonlySet<string>;
  onAsk: (step: Step) => void;
}

/** What may be done with the claim now, by whoever is here. */
export function BenchActs({ place, claim, claimable, chosen, onAsk, onDone }: ActsProps) {
  const { busy, run } = useDoing(onDone);
  const isPreparer = holdsRole('claims-preparer');
  const isApprover = holdsRole('claims-approver');
  const begin = () => run(() => postClaim(place.contract.id, place.month), begun => ({ words: t('claims.begun', { label: begun.label }), leftOut: [] }));
  const add = (draft: Claim) => run(
    () => postLines(draft.id, chosen.size > 0 ? [...chosen] : 'all'),
    added => ({ words: t('claims.added', { count: added.added_count }), leftOut: added.left_out }),
  );
  if (!claim) {
    if (place.claim || !isPreparer) return null;
    return <Button grow busy={busy} onClick={() => void begin()}>{t('claims.begin', { month: monthWords(place.month) })}</Button>;
  }
  const ask = (step: Step) => (
    <Button second={step === 'lock' || step === 'unlock'} {...(step === 'lock' ? { icon: 'lock' as const } : {})} onClick={() => onAsk(step)}>{t(`claims.act-${step}`)}</Button>
  );
  const count = chosen.size || claimable?.count || 0;
  const isOpen = claim.state === 'locked' || claim.state === 'approved';
  const isHandedIn = claim.state === 'submitted' || claim.state === 'settled';
  return (
    <div class="acts acts--bench">
      {claim.state === 'draft' && claim.sums.line_count > 0 && ask('lock')}
      {claim.state === 'draft' && isPreparer && count > 0 && <Button grow busy={busy} onClick={() => void add(claim)}>{t('claims.add', { count })}</Button>}
      {isOpen && ask('unlock')}
      {claim.state === 'locked' && isApprover && ask('approval')}
      {claim.state === 'approved' && isApprover && ask('submission')}
      {isHandedIn && isPreparer && (claimable?.count ?? 0) > 0 && (
        <Button second busy={busy} onClick={() => void begin()}>{t('claims.begin-another', { month: monthWords(place.month) })}</Button>
      )}
      {isHandedIn && <LinkButton href={`/claims/${claim.id}/pack`} icon="box">{t('claims.pack')}</LinkButton>}
    </div>
  );
}

interface StepQuestionProps {
  claim: Claim;
  step: Step | null;
  onClose: () => void;
  onDone: (done: Done) => void;
}

/** Each step asks once, in the words of what will happen. */
export function StepQuestion({ claim, step, onClose, onDone }: StepQuestionProps) {
  const { busy, run } = useDoing(done => {
    onClose();
    onDone(done);
  });
  if (!step) return null;
  const { line_count: count, amount_pence: amount, provider_share_pence: share } = claim.sums;
  const confirm = () => run(() => postStep(claim.id, step), ({ left_out: leftOut }) => ({ words: t(`claims.done-${step}`, { label: claim.label }), leftOut }));
  return (
    <Confirm
      open
      title={t(`claims.ask-${step}`, { label: claim.label })}
      confirm={t(`claims.confirm-${step}`, { count })}
      busy={busy}
      onConfirm={() => void confirm()}
      onClose={onClose}
    >
      <p>{t(`claims.then-${step}`, { count, amount: moneyWords(amount), share: moneyWords(share) })}</p>
      {step === 'lock' && <p>{t('claims.then-lock-checks')}</p>}
      {step === 'lock' && <p>{t('claims.then-lock-back')}</p>}
    </Confirm>
  );
}
