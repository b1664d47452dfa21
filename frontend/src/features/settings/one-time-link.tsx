import { useState } from 'preact/hooks';
import { t } from '../../lib/i18n';
import { announce } from '../../ui/announce';
import { Button } from '../../ui/button';
import { Field } from '../../ui/field';
import { NotificationBanner } from '../../ui/notification-banner';

/** A link that is shown once, to copy and hand over; no mail is sent. */
export function OneTimeLink({ link, name }: { link: string; name: string }) {
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(link);
      setCopied(true);
      announce(t('settings.copied'));
    } catch {
      document.querySelector<HTMLInputElement>('#link')?.select();
    }
  };
  return (
    <NotificationBanner tone="success">
      <p><b>{t('settings.link-made', { name })}</b></p>
      <p>{t('settings.link-once')}</p>
      <Field name="link" label={t('settings.link')}>
        {control => <input {...control} class="govuk-input" readOnly value={link} onFocus={event => event.currentTarget.select()} />}
      </Field>
      <Button onClick={() => void copy()}>{copied ? t('settings.copied') : t('settings.copy')}</Button>
    </NotificationBanner>
  );
}
