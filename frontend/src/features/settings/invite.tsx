import { useState } from 'preact/hooks';
import { postInvitation } from '../../api/settings';
import type { Role } from '../../lib/feature';
import { t } from '../../lib/i18n';
import { formErrors, type FormError } from '../../lib/problems';
import { Button } from '../../ui/button';
import { ErrorSummary, errorAt } from '../../ui/error-summary';
import { TextInput } from '../../ui/inputs';
import { Page } from '../../ui/page';
import { OneTimeLink } from './one-time-link';
import { RoleField } from './roles';

/** Invite somebody to the organisation. */
export default function Invite() {
  const [email, setEmail] = useState('');
  const [name, setName] = useState('');
  const [roles, setRoles] = useState<Role[]>([]);
  const [errors, setErrors] = useState<FormError[]>([]);
  const [busy, setBusy] = useState(false);
  const [made, setMade] = useState<{ link: string; name: string } | null>(null);

  const submit = async (event: Event) => {
    event.preventDefault();
    const missing: FormError[] = [
      ...(name.trim() ? [] : [{ field: 'name', message: t('settings.name-missing') }]),
      ...(email.trim() ? [] : [{ field: 'email', message: t('settings.email-missing') }]),
      ...(roles.length > 0 ? [] : [{ field: 'roles', message: t('settings.roles-missing') }]),
    ];
    setErrors(missing);
    if (missing.length > 0) return;
    setBusy(true);
    const answer = await postInvitation({ email: email.trim(), name: name.trim(), roles });
    setBusy(false);
    setErrors(formErrors(answer));
    if (answer.kind !== 'ok') return;
    setMade({ link: answer.data.link, name: answer.data.name });
    setEmail('');
    setName('');
    setRoles([]);
  };

  return (
    <Page
      title={t('settings.invite')}
      kind="form"
      back={{ href: '/settings/people', words: t('settings.people') }}
      hasErrors={errors.length > 0}
      primary={<Button type="submit" form="invite" busy={busy}>{t('settings.make-link')}</Button>}
    >
      {made && <OneTimeLink {...made} />}
      <ErrorSummary errors={errors} />
      <form id="invite" noValidate onSubmit={event => void submit(event)}>
        <TextInput name="name" label={t('settings.name')} autocomplete="off" value={name} onInput={setName} error={errorAt(errors, 'name')} />
        <TextInput
          name="email" type="email" label={t('settings.email')} hint={t('settings.email-hint')} autocomplete="off"
          value={email} onInput={setEmail} error={errorAt(errors, 'email')}
        />
        <RoleField roles={roles} onInput={setRoles} error={errorAt(errors, 'roles')} />
      </form>
    </Page>
  );
}
