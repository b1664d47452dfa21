import type { CaseloadRow } from '../../api/people';
import { addDays, dayOf, daysBetween, dayWords, timeWords, type Day } from '../../lib/dates';
import { phraseFor, t } from '../../lib/i18n';

/** What a person's row stands under; the order is that of the page. */
export const GROUPS = ['needs-you', 'waiting', 'this-week', 'not-met', 'nothing', 'bare'] as const;
export type Group = (typeof GROUPS)[number];

/** Without a meeting for so long somebody needs attention: the same number as on the server. */
const UNMET_DAYS = 21;

/** The Sunday of a day's week. */
export function endOfWeek(day: Day): Day {
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
  return addDays(day, (7 - weekday) % 7);
}

/** The one group a person stands in today. */
export function groupOf(row: CaseloadRow, today: Day): Group {
  if (row.needs_you_on) return 'needs-you';
  if (row.state === 'referred' || row.state === 'accepted') return 'waiting';
  if (row.is_bare) return 'bare'; // whether anything is due is not known
  if (dueMarks(row, today).some(mark => mark.on <= endOfWeek(today))) return 'this-week';
  if (row.state === 'started' && daysBetween(lastMet(row), today) >= UNMET_DAYS) return 'not-met';
  return 'nothing';
}

interface DueOn {
  code: 'meeting' | 'baseline' | 'second-baseline' | 'review' | 'plan';
  on: Day;
}

/** What is due and when, soonest first. */
function dueMarks(row: CaseloadRow, today: Day): DueOn[] {
  const marks: (DueOn | null)[] = [
    row.next_planned_at ? { code: 'meeting', on: dayOf(row.next_planned_at) } : null,
    row.baseline_due_on ? { code: 'baseline', on: row.baseline_due_on } : null,
    waitsForSecond(row, today) ? { code: 'second-baseline', on: row.second_baseline_due_on } : null,
    row.review_due_on ? { code: 'review', on: row.review_due_on } : null,
    row.plan_due_on ? { code: 'plan', on: row.plan_due_on } : null,
  ];
  return marks.filter(mark => mark !== null).sort((one, other) => one.on.localeCompare(other.on));
}

/** Whether a second baseline is still to be taken: once the baseline is locked it is too late. */
function waitsForSecond(row: CaseloadRow, today: Day): row is CaseloadRow & { second_baseline_due_on: Day } {
  return row.second_baseline_due_on != null && (row.baseline_locks_on == null || row.baseline_locks_on >= today);
}

function lastMet(row: CaseloadRow): Day {
  return row.last_met_on ?? row.started_on ?? row.referred_on;
}

/** The bold line of a row, and the sign beside it. */
export interface Due {
  icon: 'needs' | 'calendar' | 'away' | null;
  words: string;
}

/** What is due first, in words. */
export function dueOf(row: CaseloadRow, group: Group, today: Day): Due {
  if (group === 'needs-you') {
    const reason = phraseFor('people', `reason-${row.needs_you_reason}`) ?? t('people.sent-back');
    return { icon: 'needs', words: row.needs_you_count > 1 ? t('people.and-more', { reason, count: row.needs_you_count - 1 }) : reason };
  }
  if (group === 'waiting') return { icon: 'calendar', words: row.state === 'referred' ? t('people.to-answer') : t('people.to-start') };
  const [first] = dueMarks(row, today);
  if (group === 'not-met') return { icon: 'away', words: t('people.not-met-for', { count: daysBetween(lastMet(row), today) }) };
  if (!first) return { icon: null, words: phraseFor('people', `state-${row.state}`) ?? row.state };
  return { icon: group === 'this-week' ? 'calendar' : null, words: markWords(first, row, today) };
}

function markWords({ code, on }: DueOn, row: CaseloadRow, today: Day): string {
  if (code === 'meeting' && row.next_planned_at && on === today) return t('people.meeting-today', { time: timeWords(row.next_planned_at) });
  if (code === 'meeting') return t('people.meeting-on', { day: dayWords(on) });
  return on < today ? t(`people.${code}-was-due`, { day: dayWords(on) }) : t(`people.${code}-due`, { day: dayWords(on) });
}

/** The soft line: what is missing, what else is due, or when somebody was tried. */
export function noteOf(row: CaseloadRow, group: Group, today: Day): string {
  const notes: string[] = [];
  if (row.evidence_missing_title) notes.push(t('people.evidence-missing', { title: row.evidence_missing_title }));
  const others = dueMarks(row, today).slice(group === 'needs-you' || group === 'not-met' ? 0 : 1);
  const next = others.find(mark => mark.on <= endOfWeek(today));
  if (next) notes.push(markWords(next, row, today));
  if (group === 'not-met' && row.last_tried_on && row.last_tried_on > lastMet(row)) {
    notes.push(t('people.tried', { day: dayWords(row.last_tried_on) }));
  }
  if (group === 'waiting' && !row.is_bare) notes.push(t('people.referred-on', { day: dayWords(row.referred_on) }));
  return notes.slice(0, 2).join('. ');
}

/** The rows under their groups, in the order of the page; empty groups are left out. */
export function grouped(rows: readonly CaseloadRow[], today: Day): { group: Group; rows: CaseloadRow[] }[] {
  const found = new Map<Group, CaseloadRow[]>(GROUPS.map(group => [group, []]));
  for (const row of rows) found.get(groupOf(row, today))?.push(row);
  return [...found].map(([group, members]) => ({ group, rows: members })).filter(({ rows: members }) => members.length > 0);
}
