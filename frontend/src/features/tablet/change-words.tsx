import { useLocation } from 'preact-iso';
import { useState } from 'preact/hooks';
import { t } from '../../lib/i18n';
import type { FormError } from '../../lib/problems';
import { changeWords, noRoom } from '../../store/unlocking';
import { announce } from '../../ui/announce';
import { Button } from '../../ui/button';
import { ErrorSummary } from '../../ui/error-summary';
import { Page } from '../../ui/page';
import { PassphraseInput } from './passphrase-input';
import { wordsErrors } from './set-up';

/** Other words for the same key. */
export default function ChangeWords() {
  const { route } = useLocation();
  const [old, setOld] = useState('');
  const [own, setOwn] = useState('');
  const [again, setAgain] = useState('');
  const [errors, setErrors] = useState<FormError[]>([]);
  const [busy, setBusy] = useState(false);
  const submit = async (event: Event) => {
    event.preventDefault();
    const wrong = wordsErrors(own, own, again);
    setErrors(wrong);
    if (wrong.length > 0 || busy) return;
    setBusy(true);
    const came = await changeWords(old, own).catch(noRoom);
    setBusy(false);
    if (came.kind === 'wrong') return setErrors([{ field: 'old', message: t('tablet.wrong', { count: came.triesLeft }) }]);
    if (came.kind === 'no-room') return setErrors([{ message: t('tablet.no-room-words') }]);
    if (came.kind === 'gone') return route('/sign-in?words=gone');
    if (came.kind !== 'open') return;
    announce(t('tablet.words-changed'));
    route('/tablet', true);
  };
  return (
    <Page title={t('tablet.change-words')} lead={t('tablet.own-hint')} kind="form" back={{ href: '/tablet', words: t('tablet.title') }} hasErrors={errors.length > 0}>
      <ErrorSummary errors={errors} />
      <form noValidate onSubmit={event => void submit(event)}>
        <PassphraseInput name="old" label={t('tablet.old-words')} value={old} onInput={setOld} errors={errors} />
        <PassphraseInput name="own" label={t('tablet.own-words')} value={own} onInput={setOwn} errors={errors} />
        <PassphraseInput name="again" label={t('tablet.again')} value={again} onInput={setAgain} errors={errors} />
        <Button type="submit" big busy={busy}>{t('tablet.change-words')}</Button>
      </form>
    </Page>
  );
}
