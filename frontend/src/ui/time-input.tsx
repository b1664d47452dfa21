import { Field, type FieldLabels } from './field';

export interface TimeInputProps extends FieldLabels {
  /** `HH:MM`, or an empty string. */
  value: string;
  onInput: (time: string) => void;
}

/** A time of day, by the device's own picker. */
export function TimeInput(props: TimeInputProps) {
  const { value, onInput, error } = props;
  return (
    <Field {...props}>
      {control => (
        <input
          {...control}
          class={error ? 'govuk-input govuk-input--error date-picker' : 'govuk-input date-picker'}
          type="time"
          step={300}
          value={value}
          onInput={event => onInput(event.currentTarget.value)}
        />
      )}
    </Field>
  );
}
