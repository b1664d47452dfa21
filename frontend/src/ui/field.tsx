import type { ComponentChildren } from 'preact';
import { t } from '../lib/i18n';

export interface FieldLabels {
  /** The field's name: its id, what the error summary leads to, and what the server calls it. */
  name: string;
  label: string;
  /** One sentence under the label. */
  hint?: ComponentChildren;
  /** What is wrong, in words that say what to do. */
  error?: string | undefined;
  /** Says "(optional)" after the label. */
  optional?: boolean;
  /** The label is there for who listens; the eye has a heading or an icon. */
  hideLabel?: boolean;
}

/** What a control needs to be tied to its label, hint and error. */
export interface ControlProps {
  id: string;
  name: string;
  'aria-describedby': string | undefined;
  'aria-invalid': true | undefined;
}

/** The ids under which a field's hint and error are described, or nothing. */
export function describedBy({ name, hint, error }: FieldLabels): string | undefined {
  return [hint && `${name}-hint`, error && `${name}-error`].filter(Boolean).join(' ') || undefined;
}

/** The hint and the error of a field, before its control. */
export function HintAndError({ name, hint, error }: FieldLabels) {
  return (
    <>
      {hint && <div class="govuk-hint" id={`${name}-hint`}>{hint}</div>}
      {error && (
        <p class="govuk-error-message" id={`${name}-error`}>
          <span class="hidden">{t('ui.error-prefix')} </span>{error}
        </p>
      )}
    </>
  );
}

/** A label's words, with "(optional)" where the field is. */
export function labelWords({ label, optional }: FieldLabels): string {
  return optional ? t('ui.optional', { label }) : label;
}

export interface FieldProps extends FieldLabels {
  children: (control: ControlProps) => ComponentChildren;
}

/** Label, hint, error and whatever control one draws; the ready-made controls below are built on it. */
export function Field(props: FieldProps) {
  const { name, error, hideLabel } = props;
  return (
    <div class={error ? 'govuk-form-group govuk-form-group--error' : 'govuk-form-group'}>
      <label class={hideLabel ? 'hidden' : 'govuk-label'} for={name}>{labelWords(props)}</label>
      <HintAndError {...props} />
      {props.children({
        id: name,
        name,
        'aria-describedby': describedBy(props),
        'aria-invalid': error ? true : undefined,
      })}
    </div>
  );
}

export interface FieldsetProps extends FieldLabels {
  children: ComponentChildren;
}

/** Several controls under one question. */
export function Fieldset(props: FieldsetProps) {
  const { error, hideLabel } = props;
  return (
    <div class={error ? 'govuk-form-group govuk-form-group--error' : 'govuk-form-group'}>
      <fieldset class="govuk-fieldset" aria-describedby={describedBy(props)}>
        <legend class={hideLabel ? 'hidden' : 'govuk-fieldset__legend'}>{labelWords(props)}</legend>
        <HintAndError {...props} />
        {props.children}
      </fieldset>
    </div>
  );
}
