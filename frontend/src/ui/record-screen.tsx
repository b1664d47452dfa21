import type { ComponentChildren } from 'preact';
import { t } from '../lib/i18n';
import type { FormError } from '../lib/problems';
import { Button, LinkButton, QuietButton } from './button';
import { errorAt } from './error-summary';
import { TextArea } from './inputs';
import { QuietLink } from './links';
import { RecordPage, Saved } from './record-page';
import type { RecordState } from './state-word';

/** A form that writes one record, as a screen draws it. */
export interface RecordScreenForm {
  enrolmentId: string;
  person: { enrolment_id: string; short_name: string } | null;
  failure: string | null;
  errors: FormError[];
  corrects: string | null;
  reason: string;
  setReason: (reason: string) => void;
  busy: boolean;
  /** Whether there is room to keep what is typed. */
  isKept: boolean;
  saved: { id: string; state: RecordState; reason: string | null } | null;
  submit: (event?: Event) => void;
  again: () => void;
  correctHref: string;
}

export interface RecordScreenProps {
  form: RecordScreenForm;
  title: string;
  lead?: ComponentChildren;
  /** The act in its own words: "Record contact". */
  submit: string;
  /** What was done: "Contact recorded". */
  done: string;
  /** Offer to record another of this kind afterwards. */
  another?: string;
  /** What else one may do afterwards. */
  next?: ComponentChildren;
  /** Beside what is drawn in the sticky bar. */
  says?: ComponentChildren;
  children?: ComponentChildren;
}

/** The screen of a form about one person: the questions, or what was just recorded. */
export function RecordScreen({ form, title, lead, submit, done, another, next, says, children }: RecordScreenProps) {
  const { person, failure, saved, errors, corrects } = form;
  if (saved && person) {
    return (
      <RecordPage key="done" title={title} person={person}>
        <Saved title={corrects ? t('ui.correct-done') : done} state={saved.state} reason={saved.reason}>
          {next}
          <LinkButton second href={`/people/${form.enrolmentId}`}>{t('ui.back-to', { name: person.short_name })}</LinkButton>
          {another && <QuietButton onClick={form.again}>{another}</QuietButton>}
          <QuietLink href={form.correctHref}>{t('ui.correct')}</QuietLink>
        </Saved>
      </RecordPage>
    );
  }
  return (
    <RecordPage
      key="form"
      title={corrects ? t('ui.correct-title', { title }) : title}
      lead={lead}
      person={person}
      failure={failure}
      errors={errors}
      says={says ?? <p class="hide-phone">{t(form.isKept ? 'ui.saved-as-you-go' : 'ui.not-kept')}</p>}
      primary={<Button big grow type="submit" form="record" busy={form.busy}>{corrects ? t('ui.correct-submit') : submit}</Button>}
    >
      <form id="record" noValidate onSubmit={form.submit}>
        {corrects && (
          <TextArea
            name="reason"
            label={t('ui.correct-reason')}
            hint={t('ui.correct-hint')}
            rows={2}
            value={form.reason}
            onInput={form.setReason}
            error={errorAt(errors, 'reason')}
          />
        )}
        {children}
      </form>
      {corrects && (
        <p class="after-form">
          <a href={`/people/${form.enrolmentId}/records/${corrects}/withdraw`}>{t('ui.withdraw-instead')}</a>
        </p>
      )}
    </RecordPage>
  );
}
