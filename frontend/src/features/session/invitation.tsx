import { useLocation } from 'preact-iso';
import { useState } from 'preact/hooks';
import { postInvitationAcceptance } from '../../api/session';
import { t } from '../../lib/i18n';
import { formErrors, type FormError } from '../../lib/problems';
import { signIn } from '../../store/session';
import { Button, LinkButton } from '../../ui/button';
import { ErrorSummary } from '../../ui/error-summary';
import { Page } from '../../ui/page';
import { LanguageLink } from './language';
import { NewPassword } from './new-password';
import { newPasswordErrors } from './password';

/**
 * Take up an invitation or a reset, at `/invitation#<token>`: the token stands after the hash so that it reaches no
 * server's log.
 */
export default function Invitation() {
  const { route } = useLocation();
  const [token] = useState(() => location.hash.slice(1));
  const [password, setPassword] = useState('');
  const [again, setAgain] = useState('');
  const [errors, setErrors] = useState<FormError[]>([]);
  const [used, setUsed] = useState(token === '');
  const [busy, setBusy] = useState(false);

  const submit = async (event: Event) => {
    event.preventDefault();
    const wrong = newPasswordErrors('password', password, again);
    setErrors(wrong);
    if (wrong.length > 0) return;
    setBusy(true);
    const answer = await postInvitationAcceptance(token, password);
    if (answer.kind === 'ok') {
      await signIn(answer.data.email, password);
      route('/', true);
    } else if (answer.kind === 'problem' && ['link-spent', 'not-found'].includes(answer.problem.code)) setUsed(true);
    else setErrors(formErrors(answer));
    setBusy(false);
  };

  if (used) {
    return (
      <Page key="used" title={t('session.invitation-broken-title')} lead={t('session.invitation-broken-lead')} kind="form">
        <LinkButton href="/sign-in">{t('session.sign-in')}</LinkButton>
      </Page>
    );
  }
  return (
    <Page title={t('session.invitation-title')} lead={t('session.invitation-lead')} kind="form" hasErrors={errors.length > 0}>
      <ErrorSummary errors={errors} />
      <form noValidate onSubmit={event => void submit(event)}>
        <NewPassword name="password" password={password} again={again} onPassword={setPassword} onAgain={setAgain} errors={errors} />
        <Button type="submit" big busy={busy}>{t('session.begin')}</Button>
      </form>
      <LanguageLink />
    </Page>
  );
}
