import { useState } from 'preact/hooks';
import { t } from '../../lib/i18n';
import { failureWords } from '../../lib/problems';
import { handIn, readRescue, type HandedIn } from '../../sync/rescue';
import { NotificationBanner } from '../../ui/notification-banner';
import { Section } from '../../ui/page';

/** Hand in what was saved from a tablet that gets no connection any more. */
export function HandIn({ onHandedIn }: { onHandedIn: () => void }) {
  const [came, setCame] = useState<HandedIn | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const take = async (file: File | undefined) => {
    if (!file || busy) return;
    setCame(null);
    const rescue = await readRescue(file);
    if (!rescue) return setFailure(t('devices.not-a-rescue'));
    setBusy(true);
    const answer = await handIn(rescue);
    setBusy(false);
    setFailure(failureWords(answer));
    if (answer.kind !== 'ok') return;
    setCame(answer.data);
    onHandedIn();
  };
  return (
    <Section title={t('devices.hand-in')} says={t('devices.hand-in-says')}>
      {came && <NotificationBanner tone="success"><p>{t('devices.handed-in', { ...came })}</p></NotificationBanner>}
      {failure && <p class="govuk-error-message" role="alert">{failure}</p>}
      <label class="govuk-label" for="rescue">{t('devices.choose')}</label>
      <input
        class="govuk-input" type="file" id="rescue" accept=".json,application/json" aria-busy={busy}
        onChange={event => {
          void take(event.currentTarget.files?.[0]);
          event.currentTarget.value = '';
        }}
      />
      {busy && <p class="soft" role="status">{t('ui.loading')}</p>}
    </Section>
  );
}
