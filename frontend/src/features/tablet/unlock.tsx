import { useLocation } from 'preact-iso';
import { useEffect, useState } from 'preact/hooks';
import { t } from '../../lib/i18n';
import { failureWords, type FormError } from '../../lib/problems';
import { peopleHere, type Who } from '../../store/device';
import { lockFor, makeRoom, session } from '../../store/session';
import { forgetWords, hasPasskey, noRoom, unlockByPasskey, unlockByWords, type Attempt } from '../../store/unlocking';
import { unsentCount } from '../../sync/outbox';
import { Button, QuietButton } from '../../ui/button';
import { Confirm } from '../../ui/dialog';
import { ErrorSummary } from '../../ui/error-summary';
import { Page, Section } from '../../ui/page';
import { PassphraseInput } from './passphrase-input';
import { RescueSection } from './rescue';

/** Unlock what this tablet holds of somebody; nothing of it is shown before. */
export default function Unlock() {
  const { path, route } = useLocation();
  const now = session.value;
  const who = now.kind === 'locked' ? now.who : null;
  useEffect(() => {
    if (path === '/unlock' && !who) route('/', true);
  }, [path, who]);
  return who && <UnlockFor key={who.user_id} who={who} />;
}

function UnlockFor({ who }: { who: Who }) {
  const [words, setWords] = useState('');
  const [errors, setErrors] = useState<FormError[]>([]);
  const [busy, setBusy] = useState(false);
  const [byPasskey, setByPasskey] = useState(false);
  useEffect(() => void hasPasskey().then(setByPasskey), []);
  const name = who.short_name;
  const { route } = useLocation();

  const tell = (attempt: Attempt) => {
    if (attempt.kind === 'wrong') setErrors([{ field: 'passphrase', message: t('tablet.wrong', { count: attempt.triesLeft }) }]);
    if (attempt.kind === 'no-room') setErrors([{ message: t('tablet.no-room') }]);
    if (attempt.kind === 'none') setErrors([{ field: 'passphrase', message: t('tablet.passkey-none') }]);
    if (attempt.kind === 'gone') route('/sign-in?words=gone');
  };
  const attempt = async (tryIt: () => Promise<Attempt>) => {
    setBusy(true);
    setErrors([]);
    const came = await tryIt().catch(noRoom);
    if (came.kind === 'open' || came.kind === 'gone') return tell(came);
    setBusy(false);
    setWords('');
    tell(came);
  };
  const submit = (event: Event) => {
    event.preventDefault();
    if (busy) return;
    if (words.trim() === '') return setErrors([{ field: 'passphrase', message: t('tablet.words-missing') }]);
    void attempt(() => unlockByWords(words));
  };

  return (
    <Page title={t('tablet.unlock-title', { name })} lead={who.organisation} kind="form" hasErrors={errors.length > 0}>
      <ErrorSummary errors={errors} />
      {unsentCount.value > 0 && <p>{t('tablet.waits', { count: unsentCount.value })}</p>}
      <form noValidate onSubmit={submit}>
        <PassphraseInput name="passphrase" label={t('tablet.your-words')} value={words} onInput={setWords} errors={errors} />
        <div class="acts">
          <Button type="submit" big busy={busy}>{t('tablet.unlock')}</Button>
          {byPasskey && <Button second big onClick={() => void attempt(unlockByPasskey)}>{t('tablet.by-passkey')}</Button>}
        </div>
      </form>
      <Forgotten />
      <Others besides={who.user_id} />
      <RescueSection />
    </Page>
  );
}

/** Whoever does not know the words any more: what is under them is lost, what is sealed is not. */
function Forgotten() {
  const [asking, setAsking] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const forget = async () => {
    const answer = await forgetWords();
    setFailure(failureWords(answer));
  };
  return (
    <p class="after-form">
      <QuietButton onClick={() => setAsking(true)}>{t('tablet.forgotten')}</QuietButton>
      <Confirm open={asking} title={t('tablet.forget-question')} confirm={t('tablet.forget')} onConfirm={() => void forget()} onClose={() => setAsking(false)}>
        <p>{t('tablet.forget-then')}</p>
        {failure && <p class="govuk-error-message" role="alert">{failure}</p>}
      </Confirm>
    </p>
  );
}

function Others({ besides }: { besides: string }) {
  const [others, setOthers] = useState<Who[]>([]);
  useEffect(() => void peopleHere().then(people => setOthers(people.filter(who => who.has_vault && who.user_id !== besides))), [besides]);
  return (
    <Section title={t('tablet.somebody-else')}>
      <p class="section-lead">{t('tablet.somebody-else-lead')}</p>
      <div class="acts">
        {others.map(who => <Button key={who.user_id} second onClick={() => void lockFor(who)}>{who.short_name}</Button>)}
        <Button second onClick={makeRoom}>{t('tablet.sign-in-else')}</Button>
      </div>
    </Section>
  );
}
