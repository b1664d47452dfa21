import { useState } from 'preact/hooks';
import { addDays, dayWords, latestDay, today, type Day } from '../lib/dates';
import { t } from '../lib/i18n';
import { Field, Fieldset, type FieldLabels } from './field';

export interface DateInputProps extends FieldLabels {
  /** The chosen day; an empty string while none is. */
  value: Day | '';
  onInput: (day: Day | '') => void;
  /** Offer today and yesterday as one touch; most records are of either. */
  quick?: boolean;
  min?: Day;
  /** The latest day; today unless said otherwise (a plan's date lies ahead). */
  max?: Day | null;
}

/**
 * A day: one touch for today or yesterday, else the device's own date picker, which on a tablet is the quickest and is
 * read well by its screen reader.
 */
export function DateInput(props: DateInputProps) {
  const { name, value, onInput, quick = true, min, error } = props;
  const now = today();
  const max = props.max === undefined ? latestDay() : (props.max ?? undefined);
  const near = [{ day: now, words: t('ui.today') }, { day: addDays(now, -1), words: t('ui.yesterday') }];
  const [asksOther, setAsksOther] = useState(false);
  // A form to correct with is filled after it was drawn: its day is told by what it holds.
  const other = asksOther || (value !== '' && !near.some(choice => choice.day === value));
  const otherId = `${name}-other`;
  const picker = (
    <input
      class={error ? 'govuk-input govuk-input--error date-picker' : 'govuk-input date-picker'}
      type="date"
      id={quick ? `${name}-day` : name}
      name={name}
      aria-label={props.label}
      aria-invalid={error ? true : undefined}
      value={value}
      min={min}
      max={max}
      onInput={event => onInput(event.currentTarget.value)}
    />
  );
  if (!quick) return <Fieldset {...props}>{picker}</Fieldset>;
  return (
    <Fieldset {...props}>
      <div class="days">
        {near.map(({ day, words }, place) => {
          const id = place === 0 ? name : `${name}-yesterday`;
          return (
            <div class="rung" key={day}>
              <input
                type="radio"
                id={id}
                name={`${name}-choice`}
                checked={!other && value === day}
                onChange={() => {
                  setAsksOther(false);
                  onInput(day);
                }}
              />
              <label for={id}>{words}</label>
            </div>
          );
        })}
        <div class="rung">
          <input
            type="radio"
            id={otherId}
            name={`${name}-choice`}
            checked={other}
            onChange={() => {
              setAsksOther(true);
              onInput('');
            }}
          />
          <label for={otherId}>{other && value ? dayWords(value) : t('ui.another-day')}</label>
        </div>
        {other && picker}
      </div>
    </Fieldset>
  );
}

export interface DayInputProps extends FieldLabels {
  value: Day | '';
  onInput: (day: Day | '') => void;
  min?: Day;
  max?: Day;
}

/** A day that is seldom near: a birth, the first day of a contract. */
export function DayInput(props: DayInputProps) {
  const { value, onInput, min, max, error } = props;
  return (
    <Field {...props}>
      {control => (
        <input
          {...control}
          class={error ? 'govuk-input govuk-input--error date-picker' : 'govuk-input date-picker'}
          type="date"
          value={value}
          min={min}
          max={max}
          onInput={event => onInput(event.currentTarget.value)}
        />
      )}
    </Field>
  );
}
