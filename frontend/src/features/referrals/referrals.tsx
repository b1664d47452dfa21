import { useEffect, useState } from 'preact/hooks';
import { getAccepted, getReferrals, postAcceptance, postDeclination, type Accepted, type Referral, type StaffMember } from '../../api/enrolments';
import { t } from '../../lib/i18n';
import { failureWords } from '../../lib/problems';
import { holdsRole } from '../../store/session';
import { announce } from '../../ui/announce';
import { LinkButton } from '../../ui/button';
import { EmptyState } from '../../ui/empty-state';
import { ErrorSummary } from '../../ui/error-summary';
import { Page, Section } from '../../ui/page';
import { ShowMore } from '../../ui/pager';
import { Rows } from '../../ui/rows';
import { AcceptedRow, WaitingRow } from './rows';

/** Who was referred: to answer, then to give notice and start. A prime that delivers nothing only takes lists in. */
export default function Referrals() {
  const delivers = holdsRole('worker', 'manager');
  const takesIn = holdsRole('supply-chain', 'manager');
  const [waiting, setWaiting] = useState<Referral[] | null>(delivers ? null : []);
  const [next, setNext] = useState<string | null>(null);
  const [workers, setWorkers] = useState<StaffMember[]>([]);
  const [accepted, setAccepted] = useState<Accepted[]>([]);
  const [failure, setFailure] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);

  const ask = async () => {
    const [answer, others] = await Promise.all([getReferrals(), getAccepted()]);
    setFailure(failureWords(answer) ?? failureWords(others));
    if (others.kind === 'ok') setAccepted(others.data.items);
    if (answer.kind !== 'ok') return;
    setWaiting(answer.data.items);
    setWorkers(answer.data.workers);
    setNext(answer.data.next);
  };
  const more = async () => {
    setBusy(true);
    const answer = await getReferrals(next);
    setBusy(false);
    setFailure(failureWords(answer));
    if (answer.kind !== 'ok') return;
    setWaiting([...(waiting ?? []), ...answer.data.items]);
    setNext(answer.data.next);
  };
  useEffect(() => {
    if (delivers) void ask();
  }, []);

  const accept = async (referral: Referral, workerId: string | null) => {
    const answer = await postAcceptance(referral.id, workerId);
    setFailure(failureWords(answer));
    if (answer.kind !== 'ok') return;
    announce(t('referrals.accepted-now', { name: referral.participant.short_name }));
    await ask();
  };
  const decline = async (referral: Referral, reason: string) => {
    const answer = await postDeclination(referral.id, reason);
    setFailure(failureWords(answer));
    if (answer.kind !== 'ok') return;
    announce(t('referrals.declined-now', { name: referral.participant.short_name }));
    await ask();
  };

  const count = waiting?.length ?? 0;
  const bring = takesIn && <LinkButton second={count > 0} href="/referrals/import">{t('referrals.import')}</LinkButton>;
  return (
    <Page title={t('referrals.title')} kind="day" lead={count > 0 && !next ? t('referrals.lead', { count }) : undefined} primary={bring}
      beside={holdsRole('supply-chain') && <LinkButton second href="/referrals/advisers">{t('referrals.placements')}</LinkButton>}
    >
      <ErrorSummary errors={failure ? [{ message: failure }] : []} />
      {!waiting && !failure && <p class="soft">{t('ui.loading')}</p>}
      {waiting && count + accepted.length === 0 && (
        <EmptyState title={delivers ? t('referrals.empty') : t('referrals.prime-title')}>
          {delivers ? t('referrals.empty-words') : t('referrals.prime-words')}
        </EmptyState>
      )}
      {waiting && count > 0 && (
        <Section title={t('referrals.waiting')} says={t('referrals.oldest')} count={next ? undefined : count}>
          <Rows>
            {waiting.map(referral => (
              <WaitingRow
                key={referral.id} referral={referral} workers={workers}
                onAccept={workerId => accept(referral, workerId)} onDecline={reason => decline(referral, reason)}
              />
            ))}
            {next && <ShowMore busy={busy} onMore={() => void more()} />}
          </Rows>
        </Section>
      )}
      {accepted.length > 0 && (
        <Section title={t('referrals.accepted')} says={t('referrals.oldest')} count={accepted.length}>
          <Rows>{accepted.map(person => <AcceptedRow key={person.enrolment_id} person={person} />)}</Rows>
        </Section>
      )}
    </Page>
  );
}
