import { useState } from 'preact/hooks';
import { getSignals, type Signal, type SignalList } from '../../api/signals';
import { dayWords } from '../../lib/dates';
import { t } from '../../lib/i18n';
import { useAnswer } from '../../lib/use-answer';
import { holdsRole } from '../../store/session';
import { AskedFor } from '../../ui/asked';
import { Button } from '../../ui/button';
import { EmptyState } from '../../ui/empty-state';
import { Page, Section } from '../../ui/page';
import { Row, Rows } from '../../ui/rows';
import { MomentText } from '../../ui/texts';
import { AnswerDialog } from './answer-dialog';
import { allowedFor, honestTeams } from './frequency';
import { SeenIn } from './seen-in';

/** How our records look: what honest teams hardly ever show, its numbers, and what the team says to it. */
export default function Signals() {
  const asked = useAnswer('signals', getSignals);
  const own = holdsRole('manager');
  return (
    <Page title={own ? t('signals.title') : t('signals.title-prime')} kind="day" lead={own ? t('signals.lead') : t('signals.lead-prime')}>
      <AskedFor asked={asked}>{list => <Listed list={list} own={own} onAnswered={asked.reload} />}</AskedFor>
    </Page>
  );
}

function Listed({ list, own, onAnswered }: { list: SignalList; own: boolean; onAnswered: () => void }) {
  const waiting = list.items.filter(one => one.answers.length === 0);
  const answered = list.items.filter(one => one.answers.length > 0);
  const rows = (items: readonly Signal[], label: string) => (
    <Rows label={label}>{items.map(one => <SignalRow key={one.id} one={one} onAnswered={onAnswered} />)}</Rows>
  );
  return (
    <>
      {list.items.length === 0 && (
        <EmptyState title={t('signals.none')}>{own ? t('signals.none-what') : t('signals.none-what-prime')}</EmptyState>
      )}
      {waiting.length > 0 && (
        <Section title={t('signals.waiting')} says={own ? t('signals.waiting-says') : t('signals.waiting-says-prime')} count={waiting.length}>
          {rows(waiting, t('signals.waiting'))}
        </Section>
      )}
      {answered.length > 0 && <Section title={t('signals.answered')} count={answered.length}>{rows(answered, t('signals.answered'))}</Section>}
      {list.looks.length > 0 && (
        <Section title={t('signals.looks')}>
          <ul>
            {list.looks.map(look => (
              <li key={look.contract_id}>
                {t('signals.look', { contract: look.contract, count: look.person_count })} <MomentText at={look.looked_at} />.
              </li>
            ))}
          </ul>
        </Section>
      )}
      <p class="soft">{t('signals.no-verdict')}</p>
    </>
  );
}

function SignalRow({ one, onAnswered }: { one: Signal; onAnswered: () => void }) {
  const [asking, setAsking] = useState(false);
  const what = t(`signals.kind-${one.kind}`);
  const where = one.is_of_one_worker ? t('signals.one-worker') : t('signals.whole-team');
  const act = one.answers.length === 0 ? t('signals.answer') : t('signals.add');
  return (
    <Row
      title={what}
      acts={one.can_answer ? <Button second label={t('signals.act-of', { act, what })} onClick={() => setAsking(true)}>{act}</Button> : undefined}
    >
      <p>
        {t(`signals.seen-${one.kind}`, { seen: one.seen_count, count: one.case_count })}{' '}
        {t('signals.allowed', { count: allowedFor(one.expected_share, one.case_count) })}
      </p>
      <p>{t('signals.frequency', { count: honestTeams(one.frequency) })}</p>
      <p class="soft">
        {one.provider}, {one.contract}. {where} {t('signals.span', { since: dayWords(one.since), until: dayWords(one.until) })}
        {one.can_answer && one.answers.length === 0 && <> {t('signals.told', { day: dayWords(one.told_to_prime_on) })}</>}
      </p>
      {one.answers.map(answer => (
        <p key={answer.answered_at}>{answer.by}, <MomentText at={answer.answered_at} />: <q>{answer.words}</q></p>
      ))}
      {one.can_answer && <SeenIn signal={one} what={what} />}
      <AnswerDialog signal={one} what={what} open={asking} onClose={() => setAsking(false)} onDone={onAnswered} />
    </Row>
  );
}
