import { useState } from 'preact/hooks';
import { t } from '../../lib/i18n';
import type { FormError } from '../../lib/problems';
import { Checkboxes } from '../../ui/choices';
import { errorAt } from '../../ui/error-summary';
import { TextInput } from '../../ui/inputs';

export interface NewPasswordProps {
  /** The field's name, as the server calls it. */
  name: string;
  password: string;
  again: string;
  onPassword: (value: string) => void;
  onAgain: (value: string) => void;
  errors: readonly FormError[];
}

/** A new password, twice, with a way to see it. */
export function NewPassword({ name, password, again, onPassword, onAgain, errors }: NewPasswordProps) {
  const [shown, setShown] = useState(false);
  const type = shown ? 'text' : 'password';
  return (
    <>
      <TextInput
        name={name}
        type={type}
        label={t('session.new-password')}
        hint={t('session.password-hint')}
        autocomplete="new-password"
        value={password}
        onInput={onPassword}
        error={errorAt(errors, name)}
      />
      <TextInput
        name="again"
        type={type}
        label={t('session.password-again')}
        autocomplete="new-password"
        value={again}
        onInput={onAgain}
        error={errorAt(errors, 'again')}
      />
      <Checkboxes
        name="show"
        label={t('session.show-password')}
        hideLabel
        options={[{ value: 'yes', label: t('session.show-password') }]}
        values={shown ? ['yes'] : []}
        onInput={values => setShown(values.length > 0)}
      />
    </>
  );
}
