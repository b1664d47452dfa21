import type { QueuedEvidence, QueuedRecord } from '../../api/verification';
import { dayOf, daysBetween, dayWords, momentWords } from '../../lib/dates';
import { phraseFor, t } from '../../lib/i18n';

/** One thing that shows a record, or that does not yet. */
export interface Showing {
  title: string;
  words: string;
  /** Something to look at: it is marked, never a tick. */
  isOpen: boolean;
}

/** Kinds that evidence is asked of: something may be paid for them. */
const NEEDS_EVIDENCE = new Set(['milestone', 'start', 'employment']);

/** A record in a few words: "Course completed", "Met, in person". */
export function titleOf(record: QueuedRecord): string {
  const { kind, title, detail } = record;
  const say = (prefix: string, code: unknown) => phraseFor('journey', `${prefix}-${String(code)}`) ?? String(code ?? '');
  if (title) return title;
  if (kind === 'contact') return t('journey.contact-title', { outcome: say('outcome', detail['outcome']), channel: say('channel', detail['channel']) });
  if (kind === 'intervention') return t('journey.session-title', { kind: say('session', detail['kind']), count: Number(detail['duration_minutes']) });
  if (kind === 'employment') return t('journey.work-title', { kind: say('work', detail['kind']), employer: record.texts['employer'] ?? t('verify.no-employer') });
  if (kind === 'assessment') return t(`verify.rated-${detail['rater'] === 'participant' ? 'participant' : 'worker'}`, { kind: say('sitting', detail['sitting_kind']) });
  return kind === 'start' ? t('verify.start') : say('kind', kind);
}

/** The facts of a record that are no evidence: "Began", "Hours a week". */
export function factsOf({ kind, detail, texts }: QueuedRecord): { key: string; value: string }[] {
  const facts: { key: string; value: string }[] = [];
  const day = (name: string, key: string) => typeof detail[name] === 'string' && facts.push({ key, value: dayWords(detail[name] as string) });
  if (kind === 'contact' && typeof detail['planned_at'] === 'string') facts.push({ key: t('verify.planned-for'), value: momentWords(detail['planned_at']) });
  if (kind === 'intervention' && Number(detail['group_size']) > 1) facts.push({ key: t('verify.group'), value: t('verify.people', { count: Number(detail['group_size']) }) });
  if (kind === 'employment') {
    day('started_on', t('verify.began'));
    day('ended_on', t('verify.ended'));
    facts.push({ key: t('verify.hours'), value: String(Math.round(Number(detail['weekly_minutes']) / 6) / 10) });
  }
  for (const [name, value] of Object.entries(texts)) {
    if (name !== 'employer' && value) facts.push({ key: phraseFor('verify', `text-${name}`) ?? t('verify.text'), value });
  }
  return facts;
}

/** "Certificate", as evidence of its kind is called. */
export function evidenceWords(item: QueuedEvidence): string {
  return phraseFor('journey', `evidence-${item.kind}`) ?? item.kind;
}

/** Everything that speaks for a record, or that a verifier has to know before they judge it. */
export function shows(record: QueuedRecord): Showing[] {
  const found = record.evidence.map(item => evidenceShows(item, record));
  if (found.length === 0 && NEEDS_EVIDENCE.has(record.kind)) {
    found.push({ title: t('verify.nothing-shows'), words: t('verify.nothing-shows-what'), isOpen: true });
  }
  found.push(...record.evidence.filter(item => item.reused_count > 0).map(reuseShows));
  if (!record.own) found.push({ title: t('verify.not-you'), words: record.author, isOpen: false });
  if (record.late === 'late') found.push({ title: t('verify.late'), words: t('verify.late-what'), isOpen: true });
  if (record.late === 'needs-reason') found.push({ title: t('verify.very-late'), words: t('verify.very-late-what'), isOpen: true });
  return found;
}

function evidenceShows(item: QueuedEvidence, record: QueuedRecord): Showing {
  const kind = evidenceWords(item);
  if (item.kind === 'worker-observation') return { title: kind, words: t('verify.observation'), isOpen: true };
  if (!item.counts) return { title: kind, words: t('verify.file-to-come'), isOpen: true };
  const title = item.dated_on ? t('verify.with-date', { kind }) : kind;
  return { title, words: [datesOf(item, record), obtainedOf(item)].filter(Boolean).join(' '), isOpen: false };
}

function datesOf(item: QueuedEvidence, record: QueuedRecord): string {
  if (item.covers_from && item.covers_until) {
    return t('verify.covers', { from: dayWords(item.covers_from), until: dayWords(item.covers_until) });
  }
  if (!item.dated_on) return '';
  const day = dayWords(item.dated_on);
  const after = daysBetween(record.occurred_on, item.dated_on);
  if (after === 0) return t('verify.dated-same', { day });
  return after > 0 ? t('verify.dated-after', { day, count: after }) : t('verify.dated-before', { day, count: -after });
}

function obtainedOf(item: QueuedEvidence): string {
  const how = phraseFor('verify', `obtained-${item.obtained_how}`) ?? item.obtained_how;
  return t('verify.obtained', { how, day: dayWords(item.obtained_on) });
}

function reuseShows(item: QueuedEvidence): Showing {
  return { title: t('verify.reused', { kind: evidenceWords(item) }), words: t('verify.reused-what', { count: item.reused_count }), isOpen: true };
}

/** How long after it happened a record was written down: "20 days later". */
export function recordedAfter(record: QueuedRecord): string {
  const count = daysBetween(record.occurred_on, dayOf(record.recorded_at));
  return count <= 0 ? t('verify.same-day') : t('verify.days-later', { count });
}

/** How long after that the server had it: "27 minutes later". */
export function receivedAfter(record: QueuedRecord): string {
  const minutes = Math.max(0, Math.round((Date.parse(record.received_at) - Date.parse(record.recorded_at)) / 60_000));
  if (minutes < 60) return t('verify.minutes-later', { count: minutes });
  const hours = Math.round(minutes / 60);
  return hours < 48 ? t('verify.hours-later', { count: hours }) : t('verify.days-later', { count: Math.round(hours / 24) });
}
