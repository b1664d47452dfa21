import { useEffect, useRef } from 'preact/hooks';
import { t } from '../lib/i18n';
import type { FormError } from '../lib/problems';

/**
 * What is wrong with a form, at its top: it takes the focus when it appears, and each line leads to its field.
 * Give it a new array for each try, so that it is read again.
 */
export function ErrorSummary({ errors }: { errors: readonly FormError[] }) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (errors.length > 0) box.current?.focus();
  }, [errors]);
  if (errors.length === 0) return null;
  return (
    <div class="govuk-error-summary" ref={box} tabIndex={-1}>
      <div role="alert">
        <h2 class="govuk-error-summary__title">{t('ui.error-heading')}</h2>
        <div class="govuk-error-summary__body">
          <ul class="govuk-list govuk-error-summary__list">
            {errors.map(error => <li key={`${error.field ?? ''} ${error.message}`}><ErrorLine {...error} /></li>)}
          </ul>
        </div>
      </div>
    </div>
  );
}

function ErrorLine({ field, message }: FormError) {
  if (!field || !document.getElementById(field)) return <span>{message}</span>;
  return (
    <a
      href={`#${field}`}
      onClick={event => {
        event.preventDefault(); // the address keeps its own fragment
        const control = document.getElementById(field);
        control?.scrollIntoView({ block: 'center' });
        control?.focus({ preventScroll: true });
      }}
    >
      {message}
    </a>
  );
}

/** The message for one field, or undefined. */
export function errorAt(errors: readonly FormError[], field: string): string | undefined {
  return errors.find(error => error.field === field)?.message;
}
