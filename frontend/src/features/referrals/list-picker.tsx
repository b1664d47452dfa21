import { useState } from 'preact/hooks';
import { t } from '../../lib/i18n';
import { Icon } from '../../ui/icon';

export interface ListPickerProps {
  /** The name of the list that is being read; null while none is. */
  reading: string | null;
  error?: string | undefined;
  onFile: (file: File) => void;
}

/** A place to drop a list on, or to choose it; both by keyboard too. */
export function ListPicker({ reading, error, onFile }: ListPickerProps) {
  const [over, setOver] = useState(false);
  const take = (files: FileList | null | undefined) => {
    setOver(false);
    const [file] = Array.from(files ?? []);
    if (file && reading === null) onFile(file); // one list at a time, also where a second is dropped
  };
  return (
    <div
      class={over ? 'drop is-over' : 'drop'}
      onDragOver={event => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={event => {
        event.preventDefault();
        take(event.dataTransfer?.files);
      }}
    >
      <input
        class="pick-file__input"
        type="file"
        id="list"
        accept=".csv,text/csv"
        disabled={reading !== null}
        aria-describedby={error ? 'list-error' : undefined}
        onChange={event => {
          take(event.currentTarget.files);
          event.currentTarget.value = '';
        }}
      />
      <Icon name="file" />
      <label for="list">{t('referrals.choose')}</label>
      <p role="status">{reading ? t('referrals.reading', { name: reading }) : t('referrals.drop')}</p>
      {reading && <progress aria-label={t('referrals.reading', { name: reading })} />}
      {error && <p class="govuk-error-message" id="list-error">{error}</p>}
    </div>
  );
}
