import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { getLine, postDecision, type ClaimLine, type Decision, type LineView } from '../../api/claims';
import { dayOf, dayWords } from '../../lib/dates';
import { phraseFor, t } from '../../lib/i18n';
import { moneyWords } from '../../lib/money';
import { formErrors, type FormError } from '../../lib/problems';
import { useAnswer } from '../../lib/use-answer';
import { announce } from '../../ui/announce';
import { AskedFor } from '../../ui/asked';
import { Button, LinkButton } from '../../ui/button';
import { Confirm } from '../../ui/dialog';
import { ErrorSummary } from '../../ui/error-summary';
import { Conditions, LineEvidenceTable, LineRecords } from '../../ui/line-content';
import { StickyBar } from '../../ui/sticky-bar';
import { SummaryList } from '../../ui/summary-list';
import { RejectDialog } from './reject-dialog';

interface LineToJudgeProps {
  line: ClaimLine;
  /** The next that waits. */
  next: ClaimLine | null;
  address: (line: ClaimLine) => string;
  /** What is decided of the claim so far. */
  summary: ComponentChildren;
  onDecided: (state: ClaimLine['state']) => void;
}

/** One line as it was frozen, and the assessor's word on it. */
export function LineToJudge({ line, next, address, summary, onDecided }: LineToJudgeProps) {
  const view = useAnswer(line.id, () => getLine(line.id));
  const [asking, setAsking] = useState<'accept' | 'reject' | null>(null);
  const [errors, setErrors] = useState<FormError[]>([]);
  const [busy, setBusy] = useState(false);

  const decide = async (decision: Decision) => {
    setBusy(true);
    const answer = await postDecision(line.id, decision);
    setBusy(false);
    setErrors(formErrors(answer));
    if (answer.kind !== 'ok') return setAsking(before => (before === 'accept' ? null : before));
    setAsking(null);
    announce(t(decision.accepted ? 'assess.accepted-says' : 'assess.rejected-says', { line: line.label }));
    view.reload();
    onDecided(answer.data.line.state);
  };
  const mayDecide = view.data?.can_decide === true && line.state === 'submitted';
  const acts = mayDecide ? (
    <>
      <Button second onClick={() => setAsking('reject')}>{t('assess.reject')}</Button>
      <Button onClick={() => setAsking('accept')}>{t('assess.accept')}</Button>
    </>
  ) : next && <LinkButton href={address(next)}>{t('assess.next')}</LinkButton>;
  return (
    <>
      <section class="record" aria-labelledby="line-title">
        {summary}
        {asking !== 'reject' && <ErrorSummary errors={errors} />}
        <div class="head">
          <div class="head__text">
            <h2 id="line-title" tabIndex={-1}>{line.rate_title}</h2>
            <p>{line.label} · <span class="ref">{line.person}</span> · {line.provider} · <strong>{moneyWords(line.price_pence)}</strong></p>
            {line.verified_outside && <p><strong>{t('line.verified-outside')}</strong></p>}
          </div>
          <div class="head__acts wide-only">{acts}</div>
        </div>
        <AskedFor asked={view}>{found => <Content view={found} />}</AskedFor>
      </section>
      {acts && <StickyBar says={<p class="hide-phone">{next ? t('assess.after-this', { what: `${next.number} ${next.rate_title}` }) : t('assess.last-one')}</p>}><div class="acts acts--judge">{acts}</div></StickyBar>}
      <Confirm
        open={asking === 'accept'} title={t('assess.accept-title', { line: line.label })} confirm={t('assess.accept-act', { amount: moneyWords(line.price_pence) })}
        busy={busy} onConfirm={() => void decide({ accepted: true })} onClose={() => setAsking(null)}
      >
        <p>{t('assess.accept-then')}</p>
      </Confirm>
      <RejectDialog line={line} open={asking === 'reject'} busy={busy} refusals={errors} onClose={() => setAsking(null)} onReject={decision => void decide(decision)} />
    </>
  );
}

function Content({ view: { line, content, decisions } }: { view: LineView }) {
  return (
    <div class="judged">
      {decisions.map(decision => (
        <p class="section-lead" key={decision.decided_at}>
          <strong>{decision.accepted ? t('line.state-accepted') : t('line.state-rejected')}, {dayWords(dayOf(decision.decided_at))}.</strong>{' '}
          {!decision.accepted && <>{phraseFor('line', `rejected-${decision.reason}`)}. <q>{decision.words}</q> {decision.curable ? t('assess.curable-says') : t('line.no-cure')}</>}
        </p>
      ))}
      <h3>{t('assess.conditions')}</h3>
      <Conditions conditions={content.conditions} />
      <LineRecords records={content.records} />
      <LineEvidenceTable evidence={content.evidence} />
      <h3>{t('assess.rests-on')}</h3>
      <SummaryList
        rows={[
          { key: t('assess.contract'), value: content.contract },
          { key: t('assess.card'), value: t('assess.card-version', { title: content.card_title, version: content.card_version }) },
          { key: t('assess.delivered'), value: content.delivered_by },
          { key: t('assess.window'), value: t('line.covers', { from: dayWords(line.claimable_from), until: dayWords(line.closes_on) }) },
          ...content.people.map(person => ({ key: person.act, value: `${person.staff_reference}, ${person.role}` })),
          ...(content.cures ? [{ key: t('assess.cures'), value: content.cures }] : []),
          { key: t('assess.frozen'), value: <code class="hash">{line.frozen_sha256}</code> },
        ]}
      />
    </div>
  );
}
