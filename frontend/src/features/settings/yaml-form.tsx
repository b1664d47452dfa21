import { useState } from 'preact/hooks';
import { t } from '../../lib/i18n';
import { formErrors, type FormError } from '../../lib/problems';
import type { Answer } from '../../lib/result';
import { announce } from '../../ui/announce';
import { Button } from '../../ui/button';
import { Field } from '../../ui/field';
import { TextArea } from '../../ui/inputs';
import { NotificationBanner } from '../../ui/notification-banner';

export interface YamlFormProps {
  hint: string;
  load: (yaml: string) => Promise<Answer<{ items: readonly { title: string; version: number }[] }>>;
  onLoaded: () => void;
}

/** Load versioned definitions from YAML, by file or pasted; each fault names its line. */
export function YamlForm({ hint, load, onLoaded }: YamlFormProps) {
  const [yaml, setYaml] = useState('');
  const [errors, setErrors] = useState<FormError[]>([]);
  const [busy, setBusy] = useState(false);
  const [loaded, setLoaded] = useState<string[]>([]);
  const submit = async (event: Event) => {
    event.preventDefault();
    if (!yaml.trim()) return setErrors([{ field: 'yaml', message: t('settings.yaml-missing') }]);
    setBusy(true);
    const answer = await load(yaml);
    setBusy(false);
    setErrors(formErrors(answer));
    if (answer.kind !== 'ok') return;
    setLoaded(answer.data.items.map(({ title, version }) => t('settings.card-version', { title, version })));
    setYaml('');
    announce(t('settings.loaded'));
    onLoaded();
  };
  return (
    <form noValidate class="section-form" onSubmit={event => void submit(event)}>
      {loaded.length > 0 && (
        <NotificationBanner tone="success"><p>{t('settings.loaded')}</p><ul>{loaded.map(line => <li key={line}>{line}</li>)}</ul></NotificationBanner>
      )}
      {errors.length > 0 && (
        <div class="govuk-error-summary" role="alert">
          <h3 class="govuk-error-summary__title">{t('settings.yaml-faults', { count: errors.length })}</h3>
          <ul class="govuk-list govuk-error-summary__list">
            {errors.map(error => <li key={`${error.field}${error.named}${error.message}`}>{error.field?.startsWith('line ') && <b>{placeOf(error.field, error.named)}: </b>}{error.message}</li>)}
          </ul>
        </div>
      )}
      <Field name="yaml-file" label={t('settings.yaml-file')} optional>
        {control => (
          <input
            {...control} class="govuk-file-upload" type="file" accept=".yaml,.yml,text/yaml"
            onChange={event => void event.currentTarget.files?.[0]?.text().then(setYaml)}
          />
        )}
      </Field>
      <TextArea name="yaml" label={t('settings.yaml')} hint={hint} rows={10} value={yaml} onInput={setYaml} />
      <Button type="submit" busy={busy}>{t('settings.load')}</Button>
    </form>
  );
}

/** Where a fault stands: its line, and the key there where the message does not name it. */
function placeOf(field: string, key?: string): string {
  const line = t('settings.on-line', { line: field.slice('line '.length) });
  return key ? `${line}, ${key}` : line;
}
