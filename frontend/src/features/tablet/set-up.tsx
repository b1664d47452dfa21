import { useLocation } from 'preact-iso';
import { useEffect, useState } from 'preact/hooks';
import { t } from '../../lib/i18n';
import type { FormError } from '../../lib/problems';
import { mayHavePasskey } from '../../store/passkey';
import { currentStore, hasKey } from '../../store/session';
import { noRoom, setUp } from '../../store/unlocking';
import { FEWEST_WORDS, isLongEnough, plainWords } from '../../store/vault';
import { checkReady } from '../../sync/ready';
import { announce } from '../../ui/announce';
import { Button, LinkButton, QuietButton } from '../../ui/button';
import { Checkboxes, Radios } from '../../ui/choices';
import { ErrorSummary, errorAt } from '../../ui/error-summary';
import { Page } from '../../ui/page';
import { PassphraseInput } from './passphrase-input';
import { randomWords } from './words';

/** Set this tablet up: from then on what it holds is under words that only this person knows. */
export default function SetUp() {
  const { route } = useLocation();
  const [proposed, setProposed] = useState('');
  const [how, setHow] = useState('proposed');
  const [own, setOwn] = useState('');
  const [again, setAgain] = useState('');
  const [offersPasskey, setOffersPasskey] = useState(false);
  const [wantsPasskey, setWantsPasskey] = useState(false);
  const [errors, setErrors] = useState<FormError[]>([]);
  const [busy, setBusy] = useState(false);
  const propose = () => void randomWords(FEWEST_WORDS).then(setProposed);
  useEffect(() => {
    propose();
    void mayHavePasskey().then(setOffersPasskey);
  }, []);

  const submit = async (event: Event) => {
    event.preventDefault();
    if (busy) return;
    const words = how === 'proposed' ? proposed : own;
    const wrong = wordsErrors(how === 'own' ? own : null, words, again);
    setErrors(wrong);
    if (wrong.length > 0) return;
    setBusy(true);
    const hasPasskey = await setUp(words, wantsPasskey).catch(noRoom);
    if (typeof hasPasskey !== 'boolean') {
      setBusy(false);
      return setErrors([{ message: t('tablet.no-room-words') }]);
    }
    announce(wantsPasskey && !hasPasskey ? t('tablet.done-no-passkey') : t('tablet.done'));
    await checkReady(currentStore());
    route('/tablet', true);
  };

  if (hasKey.value && !busy) {
    return (
      <Page title={t('tablet.set-up')} lead={t('tablet.is-set-up')} kind="form">
        <LinkButton href="/tablet">{t('tablet.title')}</LinkButton>
      </Page>
    );
  }
  return (
    <Page title={t('tablet.set-up')} lead={t('tablet.set-up-lead')} kind="form" back={{ href: '/tablet', words: t('tablet.title') }} hasErrors={errors.length > 0}>
      <ErrorSummary errors={errors} />
      <form noValidate onSubmit={event => void submit(event)}>
        <Radios
          name="how" label={t('tablet.which-words')} value={how} onInput={setHow}
          options={[
            { value: 'proposed', label: t('tablet.proposed'), hint: t('tablet.proposed-hint') },
            { value: 'own', label: t('tablet.own'), hint: t('tablet.own-hint') },
          ]}
        />
        {how === 'proposed'
          ? (
            <div class="passphrase">
              <p class="passphrase__words" aria-live="polite"><strong>{proposed}</strong></p>
              <QuietButton onClick={propose}>{t('tablet.other-words')}</QuietButton>
            </div>
          )
          : <PassphraseInput name="own" label={t('tablet.own-words')} value={own} onInput={setOwn} errors={errors} />}
        <PassphraseInput name="again" label={t('tablet.again')} hint={t('tablet.again-hint')} value={again} onInput={setAgain} errors={errors} />
        {offersPasskey && (
          <Checkboxes
            name="passkey" label={t('tablet.passkey')} hideLabel error={errorAt(errors, 'passkey')}
            options={[{ value: 'yes', label: t('tablet.passkey'), hint: t('tablet.passkey-hint') }]}
            values={wantsPasskey ? ['yes'] : []}
            onInput={values => setWantsPasskey(values.length > 0)}
          />
        )}
        <Button type="submit" big busy={busy}>{t('tablet.set-up-do')}</Button>
        <p class="after-form"><a href="/">{t('tablet.not-now')}</a></p>
      </form>
    </Page>
  );
}

/** What is wrong with the words chosen and their repetition. */
export function wordsErrors(own: string | null, words: string, again: string): FormError[] {
  if (own !== null && !isLongEnough(own)) return [{ field: 'own', message: t('tablet.own-short') }];
  return plainWords(words) === plainWords(again) ? [] : [{ field: 'again', message: t('tablet.again-differs') }];
}
