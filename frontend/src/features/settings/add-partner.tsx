import { useState } from 'preact/hooks';
import { postOrganisation } from '../../api/settings';
import { t } from '../../lib/i18n';
import type { FormError } from '../../lib/problems';
import { Button } from '../../ui/button';
import { Radios } from '../../ui/choices';
import { ErrorSummary, errorAt } from '../../ui/error-summary';
import { TextInput } from '../../ui/inputs';
import { NotificationBanner } from '../../ui/notification-banner';
import { Page } from '../../ui/page';
import { OneTimeLink } from './one-time-link';
import { useSending } from './use-sending';

const EMPTY = { name: '', short_name: '', signs_in: '', email: '', admin_name: '' };
type Draft = typeof EMPTY;

function partnerErrors(draft: Draft): FormError[] {
  const errors: FormError[] = [];
  const want = (ok: string, field: string, message: string) => void (ok.trim() || errors.push({ field, message }));
  want(draft.name, 'name', t('settings.partner-name-missing'));
  want(draft.short_name, 'short_name', t('settings.short-name-missing'));
  want(draft.signs_in, 'signs_in', t('settings.signs-in-missing'));
  if (draft.signs_in !== 'yes') return errors;
  want(draft.admin_name, 'administrator.name', t('settings.name-missing'));
  want(draft.email, 'administrator.email', t('settings.email-missing'));
  return errors;
}

/** Add an organisation to work with, and invite whoever will look after its people there. */
export default function AddPartner() {
  const [draft, setDraft] = useState(EMPTY);
  const [made, setMade] = useState<{ organisation: string; name: string; link: string | null } | null>(null);
  const { errors, busy, send } = useSending();
  const text = (key: keyof Draft, name: string = key) => ({
    name, value: draft[key], error: errorAt(errors, name), onInput: (value: string) => setDraft({ ...draft, [key]: value }), autocomplete: 'off',
  });
  const submit = async (event: Event) => {
    event.preventDefault();
    const administrator = draft.signs_in === 'yes' ? { email: draft.email.trim(), name: draft.admin_name.trim() } : null;
    const body = { name: draft.name.trim(), short_name: draft.short_name.trim(), administrator };
    const added = await send(partnerErrors(draft), () => postOrganisation(body), { 'organisation-known': 'name' });
    if (!added) return;
    setMade({ organisation: added.name, name: draft.admin_name.trim(), link: added.link });
    setDraft(EMPTY);
    scrollTo(0, 0);
  };
  return (
    <Page
      title={t('settings.add-partner')} kind="form" lead={t('settings.add-partner-lead')} hasErrors={errors.length > 0}
      back={{ href: '/settings/partners', words: t('settings.partners') }}
      primary={<Button big grow type="submit" form="partner" busy={busy}>{t('settings.add-partner')}</Button>}
    >
      {made && <NotificationBanner tone="success"><p>{t('settings.partner-added', { name: made.organisation })}</p></NotificationBanner>}
      {made?.link && <OneTimeLink link={made.link} name={made.name} />}
      <ErrorSummary errors={errors} />
      <form id="partner" noValidate onSubmit={event => void submit(event)}>
        <TextInput {...text('name')} label={t('settings.full-name')} />
        <TextInput {...text('short_name')} label={t('settings.short-name')} hint={t('settings.short-name-hint')} width={20} />
        <Radios
          name="signs_in" label={t('settings.signs-in')} value={draft.signs_in} error={errorAt(errors, 'signs_in')}
          onInput={signs_in => setDraft({ ...draft, signs_in })}
          options={[
            { value: 'yes', label: t('settings.signs-in-yes'), hint: t('settings.signs-in-yes-hint') },
            { value: 'no', label: t('settings.signs-in-no'), hint: t('settings.signs-in-no-hint') },
          ]}
        />
        {draft.signs_in === 'yes' && (
          <>
            <TextInput {...text('admin_name', 'administrator.name')} label={t('settings.administrator-name')} />
            <TextInput {...text('email', 'administrator.email')} type="email" label={t('settings.administrator-email')} hint={t('settings.email-hint')} />
          </>
        )}
      </form>
    </Page>
  );
}
