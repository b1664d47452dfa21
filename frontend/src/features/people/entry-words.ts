import type { Journey, TimelineEntry } from '../../api/people';
import { dayWords, momentWords } from '../../lib/dates';
import { phraseFor, t } from '../../lib/i18n';

/** An entry of the timeline in a few words: "Met, 50 minutes, one to one". */
export function entryTitle(entry: TimelineEntry, journey: Journey): string {
  const code = entry.code ?? '';
  switch (entry.kind) {
    case 'milestone': return entry.title ?? t('journey.kind-milestone');
    case 'assessment': return sittingTitle(entry, journey);
    case 'contact': return t('journey.contact-title', {
      outcome: phraseFor('journey', `outcome-${code}`) ?? code, channel: phraseFor('journey', `channel-${entry.channel}`) ?? '',
    });
    case 'intervention': return t('journey.session-title', {
      kind: phraseFor('journey', `session-${code}`) ?? code, count: entry.minutes ?? 0,
    });
    case 'employment': return t('journey.work-title', { kind: phraseFor('journey', `work-${code}`) ?? code, employer: entry.employer ?? '' });
    case 'start': return t('journey.started-with', { provider: journey.enrolment.provider });
    case 'end': return t('journey.ended', { reason: phraseFor('journey', `end-${code}`) ?? code });
    case 'action-plan': return t('journey.plan-agreed');
    default: return phraseFor('journey', `kind-${entry.kind}`) ?? entry.kind;
  }
}

function sittingTitle(entry: TimelineEntry, journey: Journey): string {
  const kind = phraseFor('journey', `sitting-${entry.code}`) ?? entry.code ?? '';
  const sitting = journey.sittings.find(one => one.sitting_id === entry.sitting_id);
  if (!sitting || !entry.is_sealed) return t('journey.both-rated', { kind });
  return sitting.raters.includes('participant') ? t('journey.waits-for-worker', { kind }) : t('journey.waits-for-person', { kind });
}

/** The facts under an entry's title, with who recorded it and what it waits for. */
export function entryWords(entry: TimelineEntry, journey: Journey): string {
  const facts: string[] = [];
  if (entry.kind === 'contact' && entry.planned_at) facts.push(t('journey.planned-for', { when: momentWords(entry.planned_at) }));
  if (entry.kind === 'intervention' && (entry.group_size ?? 1) > 1) facts.push(t('journey.in-group', { count: entry.group_size ?? 1 }));
  if (entry.kind === 'employment') facts.push(workWords(entry));
  if (entry.kind === 'start' && journey.enrolment.notice_given_on) {
    facts.push(t('journey.notice-given', { day: dayWords(journey.enrolment.notice_given_on), manner: phraseFor('journey', `manner-${entry.manner}`) ?? '' }));
  }
  if (entry.author) facts.push(t('journey.recorded-by', { name: entry.author }));
  if (entry.state === 'waiting') facts.push(t('journey.waits-verify'));
  return facts.join(' ');
}

function workWords(entry: TimelineEntry): string {
  const hours = Math.round((entry.weekly_minutes ?? 0) / 6) / 10;
  const until = entry.ended_on ? t('journey.work-until', { day: dayWords(entry.ended_on) }) : '';
  return t('journey.work-since', { day: entry.started_on ? dayWords(entry.started_on) : '', hours, until });
}
