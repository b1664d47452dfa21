import { today, type Day } from '../../lib/dates';
import { t } from '../../lib/i18n';
import type { FormError } from '../../lib/problems';

export const KINDS = ['employed', 'self-employed', 'apprenticeship'] as const;

const WEEK_HOURS = 168;
const HOUR_MINUTES = 60;

export type Kind = (typeof KINDS)[number];

/** A spell of work, as the form holds it. */
export interface EmploymentDraft {
  kind: Kind;
  employer: string;
  started_on: Day | '';
  has_ended: boolean;
  ended_on: Day | '';
  weekly_hours: string;
  note: string;
}

export function emptyEmployment(): EmploymentDraft {
  return { kind: 'employed', employer: '', started_on: '', has_ended: false, ended_on: '', weekly_hours: '', note: '' };
}

/** Hours a week, halves and quarters too, in minutes; not a number where they cannot be read. */
export function weeklyMinutes(hours: string): number {
  const words = hours.trim().replace(',', '.');
  return /^\d{1,3}(\.\d{1,2})?$/.test(words) ? Math.round(Number(words) * HOUR_MINUTES) : NaN;
}

/** What is wrong with it, in words that say what to do. */
export function employmentErrors(value: EmploymentDraft): FormError[] {
  const errors: FormError[] = [];
  const minutes = weeklyMinutes(value.weekly_hours);
  if (value.employer.trim() === '') errors.push({ field: 'employer', message: t('employment.employer-missing') });
  if (value.started_on === '') errors.push({ field: 'started_on', message: t('employment.started-missing') });
  if (!(minutes >= 1 && minutes <= WEEK_HOURS * HOUR_MINUTES)) {
    errors.push({ field: 'weekly_minutes', message: t('employment.hours-missing') });
  }
  if (value.has_ended && value.ended_on === '') errors.push({ field: 'ended_on', message: t('employment.ended-missing') });
  if (value.has_ended && value.ended_on !== '' && value.ended_on < value.started_on) {
    errors.push({ field: 'ended_on', message: t('employment.ended-early') });
  }
  return errors;
}

/**
 * What it says on the wire. A start that lies ahead is recorded today: a record is never dated after the day it
 * arrives.
 */
export function employmentBody(value: EmploymentDraft): Record<string, unknown> {
  const now = today();
  return {
    kind: value.kind,
    employer: value.employer.trim(),
    started_on: value.started_on,
    ...(value.has_ended ? { ended_on: value.ended_on } : {}),
    weekly_minutes: weeklyMinutes(value.weekly_hours),
    occurred_on: value.started_on > now ? now : value.started_on,
    ...(value.note.trim() ? { note: value.note.trim() } : {}),
  };
}

/** Back from the wire into the form. */
export function employmentFrom(body: Record<string, unknown>): Partial<EmploymentDraft> {
  const ended = (body['ended_on'] as Day | null | undefined) ?? '';
  return {
    kind: body['kind'] as Kind,
    employer: String(body['employer'] ?? ''),
    started_on: body['started_on'] as Day,
    has_ended: ended !== '',
    ended_on: ended,
    weekly_hours: String(Number(body['weekly_minutes'] ?? 0) / HOUR_MINUTES),
    note: (body['note'] as string | null | undefined) ?? '',
  };
}
