import type { ComponentChildren } from 'preact';
import { Field, type FieldLabels } from './field';
import { Icon } from './icon';

interface Typed extends FieldLabels {
  value: string;
  onInput: (value: string) => void;
}

export interface TextInputProps extends Typed {
  type?: 'text' | 'email' | 'password' | 'tel';
  autocomplete?: string;
  inputMode?: 'numeric' | 'decimal' | 'text' | 'email';
  /** How wide, in characters; as wide as the page otherwise. */
  width?: 2 | 4 | 5 | 10 | 20;
  maxLength?: number;
  /** Before the field: "£". */
  prefix?: string;
}

/** One line of text, a number, an e-mail address or a password. */
export function TextInput(props: TextInputProps) {
  const { value, onInput, type = 'text', autocomplete, inputMode, width, maxLength, prefix, error } = props;
  const look = ['govuk-input', width && `govuk-input--width-${width}`, error && 'govuk-input--error'].filter(Boolean).join(' ');
  return (
    <Field {...props}>
      {control => {
        const input = (
          <input
            {...control}
            class={look}
            type={type as 'text'} // Preact's types want one kind at a time
            value={value}
            autocomplete={autocomplete}
            inputMode={inputMode}
            maxLength={maxLength}
            spellcheck={type === 'text' ? undefined : false}
            onInput={event => onInput(event.currentTarget.value)}
          />
        );
        if (!prefix) return input;
        return <div class="govuk-input__wrapper"><div class="govuk-input__prefix" aria-hidden="true">{prefix}</div>{input}</div>;
      }}
    </Field>
  );
}

export interface TextAreaProps extends Typed {
  rows?: number;
  maxLength?: number;
}

/** Several lines of text. */
export function TextArea(props: TextAreaProps) {
  const { value, onInput, rows = 3, maxLength, error } = props;
  return (
    <Field {...props}>
      {control => (
        <textarea
          {...control}
          class={error ? 'govuk-textarea govuk-textarea--error' : 'govuk-textarea'}
          rows={rows}
          maxLength={maxLength}
          value={value}
          onInput={event => onInput(event.currentTarget.value)}
        />
      )}
    </Field>
  );
}

export interface SelectProps extends Typed {
  options: readonly { value: string; label: string }[];
}

/** One of a known list; for fewer than six choices take `Radios`. */
export function Select(props: SelectProps) {
  const { value, onInput, options, error } = props;
  return (
    <Field {...props}>
      {control => (
        <select
          {...control}
          class={error ? 'govuk-select govuk-select--error' : 'govuk-select'}
          value={value}
          onChange={event => onInput(event.currentTarget.value)}
        >
          {options.map(option => (
            <option key={option.value} value={option.value} selected={option.value === value}>{option.label}</option>
          ))}
        </select>
      )}
    </Field>
  );
}

export interface SearchInputProps extends Typed {
  placeholder?: string;
}

/** A search field with its glass. */
export function SearchInput(props: SearchInputProps) {
  const { name, label, hideLabel, value, onInput, placeholder } = props;
  return (
    <div class="search">
      <label class={hideLabel ? 'hidden' : 'govuk-label'} for={name}>{label}</label>
      <Icon name="search" />
      <input
        class="govuk-input"
        id={name}
        name={name}
        type="search"
        autocomplete="off"
        value={value}
        placeholder={placeholder}
        onInput={event => onInput(event.currentTarget.value)}
      />
    </div>
  );
}

/** A search field and what stands beside it: a filter's button. */
export function Tools({ children }: { children: ComponentChildren }) {
  return <div class="tools">{children}</div>;
}
