import { useRoute } from 'preact-iso';
import { useEffect, useState } from 'preact/hooks';
import { getReferrals, postAcceptance, type Referral } from '../../api/enrolments';
import { personOf, type Person } from '../../api/person';
import { t } from '../../lib/i18n';
import { failureWords } from '../../lib/problems';
import { usePerson } from '../../store/person';
import { currentSession } from '../../store/session';
import { Button } from '../../ui/button';
import { RecordPage } from '../../ui/record-page';
import { GiveNotice } from './give-notice';
import { StartForm } from './start-form';

/** From referred to started: accept, give notice together, then start with an action plan. */
export default function Start() {
  const { params } = useRoute();
  const enrolmentId = params['id'] ?? '';
  const known = usePerson(enrolmentId);
  const [referral, setReferral] = useState<Referral | null>(null);
  const [asked, setAsked] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);

  const ask = async () => {
    const answer = await getReferrals();
    if (answer.kind === 'ok') setReferral(answer.data.items.find(item => item.enrolment_id === enrolmentId) ?? null);
    setFailure(failureWords(answer));
    setAsked(true);
  };
  useEffect(() => void ask(), [enrolmentId]);

  const person = whom(known.person, referral);
  if (!person || (!asked && !person.notice_given_on)) return <RecordPage title={t('start.title')} person={null} failure={known.failure ?? failure} />;
  if (person.state === 'started') {
    return <RecordPage title={t('start.title')} person={person}><p>{t('start.already', { name: person.short_name })}</p></RecordPage>;
  }
  if (person.state === 'referred') return <Accept person={person} onAccepted={() => void ask()} />;
  if (!person.notice_given_on) return <GiveNotice person={person} onGiven={() => void ask()} />;
  return <StartForm />;
}

/** The referral says the newest state; the journey the rest. */
function whom(person: Person | null, referral: Referral | null): Person | null {
  if (!referral) return person;
  const { enrolment_id, short_name, reference, state, worker, contract_id, notice_given_on } = referral;
  return { ...personOf(person ?? {}), enrolment_id, short_name, reference, state, worker, contract_id, notice_given_on };
}

function Accept({ person, onAccepted }: { person: Person; onAccepted: () => void }) {
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const accept = async () => {
    setBusy(true);
    const answer = await postAcceptance(person.enrolment_id, currentSession().user.id);
    setBusy(false);
    setFailure(failureWords(answer));
    if (answer.kind === 'ok') onAccepted();
  };
  return (
    <RecordPage
      title={t('start.accept-title', { name: person.short_name })}
      lead={t('start.accept-lead')}
      person={person}
      errors={failure ? [{ message: failure }] : []}
      primary={<Button big grow busy={busy} onClick={() => void accept()}>{t('start.accept')}</Button>}
    />
  );
}
