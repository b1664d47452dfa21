import { today, type Day } from '../../lib/dates';
import { t } from '../../lib/i18n';
import type { FormError } from '../../lib/problems';

export const KINDS = [
  'one-to-one', 'group', 'workshop', 'accompanied-visit', 'advocacy', 'employer-engagement', 'in-work-support', 'specialist',
] as const;
export const QUICK_MINUTES = ['15', '30', '45', '60', '90'] as const;

const DAY_MINUTES = 1440;
const GROUP_MOST = 200;

export type Kind = (typeof KINDS)[number];

/** Support given, as the form holds it; `minutes` is "other" while another number is typed. */
export interface SessionDraft {
  kind: Kind;
  minutes: string;
  other_minutes: string;
  group_size: string;
  occurred_on: Day | '';
  note: string;
}

export function emptySession(): SessionDraft {
  return { kind: 'one-to-one', minutes: '', other_minutes: '', group_size: '', occurred_on: today(), note: '' };
}

/** Whether several people came. */
export function isShared(kind: Kind): boolean {
  return kind === 'group' || kind === 'workshop';
}

function wholeNumber(words: string): number {
  return /^\d{1,4}$/.test(words.trim()) ? Number(words) : NaN;
}

/** How long it took, in minutes. */
export function minutesOf(value: SessionDraft): number {
  return wholeNumber(value.minutes === 'other' ? value.other_minutes : value.minutes);
}

/** What is wrong with it, in words that say what to do. */
export function sessionErrors(value: SessionDraft): FormError[] {
  const errors: FormError[] = [];
  const minutes = minutesOf(value);
  if (!(minutes >= 1 && minutes <= DAY_MINUTES)) {
    const field = value.minutes === 'other' ? 'other_minutes' : 'duration_minutes';
    errors.push({ field, message: t('session-record.minutes-missing') });
  }
  const size = wholeNumber(value.group_size);
  if (isShared(value.kind) && !(size >= 1 && size <= GROUP_MOST)) {
    errors.push({ field: 'group_size', message: t('session-record.group-missing') });
  }
  if (value.occurred_on === '') errors.push({ field: 'occurred_on', message: t('session-record.day-missing') });
  return errors;
}

/** What it says on the wire. */
export function sessionBody(value: SessionDraft): Record<string, unknown> {
  return {
    kind: value.kind,
    duration_minutes: minutesOf(value),
    group_size: isShared(value.kind) ? wholeNumber(value.group_size) : 1,
    occurred_on: value.occurred_on,
    ...(value.note.trim() ? { note: value.note.trim() } : {}),
  };
}

/** Back from the wire into the form. */
export function sessionFrom(body: Record<string, unknown>): Partial<SessionDraft> {
  const minutes = String(body['duration_minutes'] ?? '');
  const isQuick = (QUICK_MINUTES as readonly string[]).includes(minutes);
  return {
    kind: body['kind'] as Kind,
    minutes: isQuick || minutes === '' ? minutes : 'other',
    other_minutes: isQuick ? '' : minutes,
    group_size: String(body['group_size'] ?? ''),
    occurred_on: body['occurred_on'] as Day,
    note: (body['note'] as string | null | undefined) ?? '',
  };
}
