import { useState } from 'preact/hooks';
import { t } from '../../lib/i18n';
import type { FormError } from '../../lib/problems';
import { Checkboxes } from '../../ui/choices';
import { errorAt } from '../../ui/error-summary';
import { TextInput } from '../../ui/inputs';

export interface PassphraseInputProps {
  name: string;
  label: string;
  hint?: string;
  value: string;
  onInput: (value: string) => void;
  errors: readonly FormError[];
}

/** Words that unlock, hidden while they are typed unless the person wants to see them. */
export function PassphraseInput({ name, label, hint, value, onInput, errors }: PassphraseInputProps) {
  const [shown, setShown] = useState(false);
  return (
    <>
      <TextInput name={name} label={label} hint={hint} type={shown ? 'text' : 'password'} autocomplete="off" value={value} onInput={onInput} error={errorAt(errors, name)} />
      <Checkboxes
        name={`${name}-show`} label={t('tablet.show-words')} hideLabel
        options={[{ value: 'yes', label: t('tablet.show-words') }]}
        values={shown ? ['yes'] : []}
        onInput={values => setShown(values.length > 0)}
      />
    </>
  );
}
