import { dayOf, momentAt, timeWords, today, type Day } from '../../lib/dates';
import { t } from '../../lib/i18n';
import type { FormError } from '../../lib/problems';

export const OUTCOMES = ['met', 'tried', 'missed', 'planned', 'moved', 'kept'] as const;
export const CHANNELS = ['in-person', 'telephone', 'text', 'video', 'email', 'letter', 'home-visit'] as const;

export type Outcome = (typeof OUTCOMES)[number];
export type Channel = (typeof CHANNELS)[number];

/** A contact as the form holds it. */
export interface ContactDraft {
  outcome: Outcome | '';
  channel: Channel;
  occurred_on: Day | '';
  planned_on: Day | '';
  planned_time: string;
  note: string;
}

export function emptyContact(): ContactDraft {
  return { outcome: '', channel: 'in-person', occurred_on: today(), planned_on: '', planned_time: '', note: '' };
}

/** Whether an outcome says when the next meeting is. */
export function liesAhead(outcome: ContactDraft['outcome']): boolean {
  return outcome === 'planned' || outcome === 'moved';
}

/** What is wrong with it, in words that say what to do. */
export function contactErrors(value: ContactDraft): FormError[] {
  const errors: FormError[] = [];
  if (value.outcome === '') errors.push({ field: 'outcome', message: t('contact.outcome-missing') });
  if (value.occurred_on === '') errors.push({ field: 'occurred_on', message: t('contact.day-missing') });
  if (!liesAhead(value.outcome)) return errors;
  if (value.planned_on === '') errors.push({ field: 'planned_on', message: t('contact.planned-missing') });
  if (value.planned_time === '') errors.push({ field: 'planned_at', message: t('contact.time-missing') });
  return errors;
}

/** What it says on the wire. */
export function contactBody(value: ContactDraft): Record<string, unknown> {
  return {
    outcome: value.outcome,
    channel: value.channel,
    occurred_on: value.occurred_on,
    ...(liesAhead(value.outcome) ? { planned_at: momentAt(value.planned_on, value.planned_time) } : {}),
    ...(value.note.trim() ? { note: value.note.trim() } : {}),
  };
}

/** Back from the wire into the form. */
export function contactFrom(body: Record<string, unknown>): Partial<ContactDraft> {
  const planned = body['planned_at'] as string | null | undefined;
  return {
    outcome: body['outcome'] as Outcome,
    channel: body['channel'] as Channel,
    occurred_on: body['occurred_on'] as Day,
    planned_on: planned ? dayOf(planned) : '',
    planned_time: planned ? timeWords(planned) : '',
    note: (body['note'] as string | null | undefined) ?? '',
  };
}
