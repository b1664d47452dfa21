import type { ComponentChildren } from 'preact';
import { Fieldset, type FieldLabels } from './field';

export interface Choice {
  value: string;
  label: ComponentChildren;
  /** A soft line: under the label, or at the right of a row. */
  hint?: string;
  disabled?: boolean;
}

export interface RadiosProps extends FieldLabels {
  options: readonly Choice[];
  /** The chosen value; nothing is chosen beforehand unless it is due. */
  value: string | null;
  onInput: (value: string) => void;
  /** `plain`: one under another. `rows`: a list with hairlines. `buttons`: short words side by side. */
  look?: 'plain' | 'rows' | 'buttons';
  /** Under the options of a `rows` list: `<ShowMore/>`. */
  more?: ComponentChildren;
}

/** One of a few. The first one's id is the field's name, so the error summary can lead to it. */
export function Radios(props: RadiosProps) {
  const { look = 'plain' } = props;
  const inputs = props.options.map((option, place) => {
    const id = place === 0 ? props.name : `${props.name}-${option.value}`;
    const input = (
      <input
        class={look === 'plain' ? 'govuk-radios__input' : undefined}
        type="radio"
        id={id}
        name={props.name}
        value={option.value}
        checked={option.value === props.value}
        disabled={option.disabled}
        aria-describedby={option.hint ? `${id}-hint` : undefined}
        onChange={() => props.onInput(option.value)}
      />
    );
    if (look === 'plain') return <PlainChoice key={option.value} kind="radios" id={id} option={option} input={input} />;
    if (look === 'buttons') {
      return <div class="rung" key={option.value}>{input}<label for={id}>{option.label}</label></div>;
    }
    return (
      <li key={option.value}>
        <div class="option">
          {input}
          <span class="dot" />
          <label for={id}>{option.label}</label>
          {option.hint && <small id={`${id}-hint`}>{option.hint}</small>}
        </div>
      </li>
    );
  });
  return (
    <Fieldset {...props}>
      {look === 'plain' && <div class="govuk-radios">{inputs}</div>}
      {look === 'rows' && <ul class="rows">{inputs}{props.more}</ul>}
      {look === 'buttons' && <div class="days">{inputs}</div>}
    </Fieldset>
  );
}

export interface CheckboxesProps extends FieldLabels {
  options: readonly Choice[];
  values: readonly string[];
  onInput: (values: string[]) => void;
}

/** Any of a few. */
export function Checkboxes(props: CheckboxesProps) {
  const { name, options, values, onInput } = props;
  return (
    <Fieldset {...props}>
      <div class="govuk-checkboxes">
        {options.map((option, place) => {
          const id = place === 0 ? name : `${name}-${option.value}`;
          const checked = values.includes(option.value);
          const input = (
            <input
              class="govuk-checkboxes__input"
              type="checkbox"
              id={id}
              name={name}
              value={option.value}
              checked={checked}
              disabled={option.disabled}
              aria-describedby={option.hint ? `${id}-hint` : undefined}
              onChange={() => onInput(checked ? values.filter(value => value !== option.value) : [...values, option.value])}
            />
          );
          return <PlainChoice key={option.value} kind="checkboxes" id={id} option={option} input={input} />;
        })}
      </div>
    </Fieldset>
  );
}

interface PlainChoiceProps {
  kind: 'radios' | 'checkboxes';
  id: string;
  option: Choice;
  input: ComponentChildren;
}

function PlainChoice({ kind, id, option, input }: PlainChoiceProps) {
  return (
    <div class={`govuk-${kind}__item`}>
      {input}
      <label class={`govuk-label govuk-${kind}__label`} for={id}>{option.label}</label>
      {option.hint && <div class={`govuk-hint govuk-${kind}__hint`} id={`${id}-hint`}>{option.hint}</div>}
    </div>
  );
}
