import { useLocation } from 'preact-iso';
import { useState } from 'preact/hooks';
import { t } from '../../lib/i18n';
import { formErrors, type FormError } from '../../lib/problems';
import type { Answer } from '../../lib/result';
import { signIn } from '../../store/session';
import { Button } from '../../ui/button';
import { ErrorSummary, errorAt } from '../../ui/error-summary';
import { TextInput } from '../../ui/inputs';
import { NotificationBanner } from '../../ui/notification-banner';
import { Page } from '../../ui/page';
import { HereBefore } from './here-before';
import { LanguageLink } from './language';

/** Sign in. Shown in place of any page, so that one lands where one wanted to go. */
export default function SignIn() {
  const { path, query, route } = useLocation();
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [errors, setErrors] = useState<FormError[]>([]);
  const [busy, setBusy] = useState(false);

  const submit = async (event: Event) => {
    event.preventDefault();
    const missing = missingFields(email, password);
    setErrors(missing);
    if (missing.length > 0) return;
    setBusy(true);
    const answer = await signIn(email.trim(), password);
    setBusy(false);
    if (isRefused(answer)) setErrors([{ field: 'email', message: t('session.refused') }]);
    else if (answer.kind !== 'ok') setErrors(formErrors(answer));
    else if (path === '/sign-in') route(ownAddress(query['next']), true);
  };

  return (
    <Page title={t('session.sign-in')} kind="form" hasErrors={errors.length > 0}>
      {query['words'] === 'gone' && <NotificationBanner><p>{t('session.words-gone')}</p></NotificationBanner>}
      <ErrorSummary errors={errors} />
      <form noValidate onSubmit={event => void submit(event)}>
        <TextInput
          name="email"
          type="email"
          label={t('session.email')}
          autocomplete="username"
          value={email}
          onInput={setEmail}
          error={errorAt(errors, 'email')}
        />
        <TextInput
          name="password"
          type="password"
          label={t('session.password')}
          autocomplete="current-password"
          value={password}
          onInput={setPassword}
          error={errorAt(errors, 'password')}
        />
        <Button type="submit" big busy={busy}>{t('session.sign-in')}</Button>
      </form>
      <p class="after-form">{t('session.forgotten')}</p>
      <HereBefore />
      <LanguageLink />
    </Page>
  );
}

function missingFields(email: string, password: string): FormError[] {
  const errors: FormError[] = [];
  if (!email.trim()) errors.push({ field: 'email', message: t('session.email-missing') });
  if (!password) errors.push({ field: 'password', message: t('session.password-missing') });
  return errors;
}

/** Wrong address or wrong password: which of them is not said. */
function isRefused(answer: Answer<unknown>): boolean {
  return answer.kind === 'signed-out' || (answer.kind === 'problem' && answer.problem.code === 'sign-in-refused');
}

/** Only an address of this app; anything else leads home. */
function ownAddress(next: string | undefined): string {
  return next?.startsWith('/') && !next.startsWith('//') && !next.startsWith('/\\') ? next : '/';
}
