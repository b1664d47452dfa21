import { useRoute } from 'preact-iso';
import { useState } from 'preact/hooks';
import { postAcceptance } from '../../api/enrolments';
import type { Person } from '../../api/person';
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
  const { person, failure, refresh } = usePerson(params['id'] ?? '');
  if (!person) return <RecordPage title={t('start.title')} person={null} failure={failure} />;
  if (person.state === 'referred') return <Accept person={person} onAccepted={() => void refresh()} />;
  if (person.state === 'accepted' && !person.notice_given_on) return <GiveNotice person={person} onGiven={() => void refresh()} />;
  return <StartForm />;
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
