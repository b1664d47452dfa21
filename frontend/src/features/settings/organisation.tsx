import { useState } from 'preact/hooks';
import { getOrganisation, putOrganisation, type Organisation as Settings } from '../../api/settings';
import { t } from '../../lib/i18n';
import { formErrors, type FormError } from '../../lib/problems';
import { useAnswer } from '../../lib/use-answer';
import { announce } from '../../ui/announce';
import { AskedFor } from '../../ui/asked';
import { Button } from '../../ui/button';
import { ErrorSummary, errorAt } from '../../ui/error-summary';
import { TextInput } from '../../ui/inputs';
import { NotificationBanner } from '../../ui/notification-banner';
import { Page } from '../../ui/page';
import { SummaryList } from '../../ui/summary-list';
import { TakeOut } from './take-out';

/** The organisation's own settings. */
export default function Organisation() {
  const asked = useAnswer('organisation', getOrganisation);
  return (
    <Page title={t('settings.organisation')} kind="form" back={{ href: '/settings', words: t('settings.title') }}>
      <AskedFor asked={asked}>{settings => <Form settings={settings} />}</AskedFor>
      <TakeOut />
    </Page>
  );
}

function Form({ settings }: { settings: Settings }) {
  const [shortName, setShortName] = useState(settings.short_name);
  const [verifier, setVerifier] = useState(settings.outside_verifier?.email ?? '');
  const [errors, setErrors] = useState<FormError[]>([]);
  const [busy, setBusy] = useState(false);
  const [saved, setSaved] = useState(false);
  const submit = async (event: Event) => {
    event.preventDefault();
    setBusy(true);
    const answer = await putOrganisation({ short_name: shortName.trim(), outside_verifier_email: verifier.trim() || null });
    setBusy(false);
    setErrors(formErrors(answer));
    setSaved(answer.kind === 'ok');
    if (answer.kind === 'ok') announce(t('settings.saved'));
  };
  return (
    <>
      {saved && <NotificationBanner tone="success"><p>{t('settings.saved')}</p></NotificationBanner>}
      <ErrorSummary errors={errors} />
      <SummaryList
        rows={[
          { key: t('settings.full-name'), value: settings.name },
          { key: t('settings.people'), value: t('settings.people-count', { count: settings.people_count }) },
        ]}
      />
      <form noValidate class="section-form" onSubmit={event => void submit(event)}>
        <TextInput
          name="short_name" label={t('settings.short-name')} hint={t('settings.short-name-hint')} width={20}
          value={shortName} onInput={setShortName} error={errorAt(errors, 'short_name')}
        />
        <TextInput
          name="outside_verifier_email" type="email" optional={!settings.needs_outside_verifier} label={t('settings.outside-verifier')}
          hint={settings.needs_outside_verifier ? t('settings.outside-verifier-needed') : t('settings.outside-verifier-hint')}
          value={verifier} onInput={setVerifier} error={errorAt(errors, 'outside_verifier_email')}
        />
        <Button type="submit" busy={busy}>{t('settings.save')}</Button>
      </form>
    </>
  );
}
