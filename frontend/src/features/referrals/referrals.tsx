import { useEffect, useState } from 'preact/hooks';
import { getReferrals, postAcceptance, postDeclination, type Referral } from '../../api/enrolments';
import { t } from '../../lib/i18n';
import { failureWords } from '../../lib/problems';
import { currentSession, holdsRole } from '../../store/session';
import { announce } from '../../ui/announce';
import { LinkButton } from '../../ui/button';
import { EmptyState } from '../../ui/empty-state';
import { ErrorSummary } from '../../ui/error-summary';
import { Page, Section } from '../../ui/page';
import { Rows } from '../../ui/rows';
import { AcceptedRow, WaitingRow } from './rows';

/** Who was referred: to answer, then to give notice and start. A prime that delivers nothing only takes lists in. */
export default function Referrals() {
  const delivers = holdsRole('worker', 'manager');
  const takesIn = holdsRole('supply-chain', 'manager');
  const [referrals, setReferrals] = useState<Referral[] | null>(delivers ? null : []);
  const [failure, setFailure] = useState<string | null>(null);

  const ask = async () => {
    const answer = await getReferrals();
    setFailure(failureWords(answer));
    if (answer.kind === 'ok') setReferrals(answer.data.items);
  };
  useEffect(() => {
    if (delivers) void ask();
  }, []);

  const accept = async (referral: Referral) => {
    const answer = await postAcceptance(referral.enrolment_id, currentSession().user.id);
    setFailure(failureWords(answer));
    if (answer.kind !== 'ok') return;
    announce(t('referrals.accepted-now', { name: referral.short_name }));
    await ask();
  };
  const decline = async (referral: Referral, reason: string) => {
    const answer = await postDeclination(referral.enrolment_id, reason);
    setFailure(failureWords(answer));
    if (answer.kind !== 'ok') return;
    announce(t('referrals.declined-now', { name: referral.short_name }));
    await ask();
  };

  const waiting = (referrals ?? []).filter(referral => referral.state === 'referred');
  const accepted = (referrals ?? []).filter(referral => referral.state === 'accepted');
  const bring = takesIn && <LinkButton second={waiting.length > 0} href="/referrals/import">{t('referrals.import')}</LinkButton>;
  return (
    <Page title={t('referrals.title')} kind="day" lead={delivers && referrals ? t('referrals.lead', { count: waiting.length }) : undefined} primary={bring}>
      <ErrorSummary errors={failure ? [{ message: failure }] : []} />
      {!referrals && !failure && <p class="soft">{t('ui.loading')}</p>}
      {referrals && waiting.length + accepted.length === 0 && (
        <EmptyState title={delivers ? t('referrals.empty') : t('referrals.prime-title')}>
          {delivers ? t('referrals.empty-words') : t('referrals.prime-words')}
        </EmptyState>
      )}
      {waiting.length > 0 && (
        <Section title={t('referrals.waiting')} says={t('referrals.oldest')} count={waiting.length}>
          <Rows>
            {waiting.map(referral => (
              <WaitingRow key={referral.enrolment_id} referral={referral} onAccept={() => accept(referral)} onDecline={reason => decline(referral, reason)} />
            ))}
          </Rows>
        </Section>
      )}
      {accepted.length > 0 && (
        <Section title={t('referrals.accepted')} says={t('referrals.oldest')} count={accepted.length}>
          <Rows>{accepted.map(referral => <AcceptedRow key={referral.enrolment_id} referral={referral} />)}</Rows>
        </Section>
      )}
    </Page>
  );
}
