import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { t } from '../lib/i18n';
import type { FormError } from '../lib/problems';
import { ErrorSummary } from './error-summary';
import { NotificationBanner } from './notification-banner';
import { Page } from './page';
import { StateWord, type RecordState } from './state-word';

export interface RecordPageProps {
  title: string;
  lead?: ComponentChildren;
  /** Whom it is about; null while that is not known. */
  person: { enrolment_id: string; short_name: string } | null;
  /** Why they are not known, in words. */
  failure?: string | null;
  errors?: readonly FormError[];
  primary?: ComponentChildren;
  secondary?: ComponentChildren;
  says?: ComponentChildren;
  children?: ComponentChildren;
}

/** A form about one person: the way back to them, what is wrong, the questions, and one act in the bar. */
export function RecordPage({ person, failure, errors = [], children, primary, says, ...page }: RecordPageProps) {
  const back = person
    ? { href: `/people/${person.enrolment_id}`, words: person.short_name }
    : { href: '/people', words: t('ui.back') };
  return (
    <Page {...page} says={says ?? <span class="hide-phone" />} primary={person && primary} kind="form" back={back} hasErrors={errors.length > 0}>
      <ErrorSummary errors={errors} />
      {!person && failure && <NotificationBanner><p>{failure}</p></NotificationBanner>}
      {!person && !failure && <p class="soft">{t('ui.loading')}</p>}
      {person && children}
    </Page>
  );
}

export interface SavedProps {
  /** What was recorded, in words; read out when it appears. */
  title: string;
  state: RecordState;
  /** Why it needs somebody, in words. */
  reason?: string | null;
  /** What one does next: links and buttons. */
  children?: ComponentChildren;
}

/** What was just recorded: its state as it changes, the way to correct it, and what comes next. */
export function Saved({ title, state, reason, children }: SavedProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    // After the page around it, which brings the focus to its own heading.
    queueMicrotask(() => {
      scrollTo(0, 0);
      heading.current?.focus({ preventScroll: true });
    });
  }, []);
  return (
    <section class="saved" aria-labelledby="saved-title">
      <h2 id="saved-title" ref={heading} tabIndex={-1}>{title}</h2>
      <p role="status"><StateWord state={state} /> <span>{reason ?? t(`ui.is-${state}`)}</span></p>
      <div class="acts">{children}</div>
    </section>
  );
}
