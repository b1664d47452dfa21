import type { Day, Moment } from '../lib/dates';
import type { Answer } from '../lib/result';
import { send } from './client';

/** One record of a person as the forms that correct it need it. */
export interface PersonRecord {
  id: string;
  kind: string;
  occurred_on: Day;
  recorded_at?: Moment;
  /** In a few words: "Course completed". */
  words?: string;
  author_id?: string;
  /** What was said, under the names in which it was sent. */
  body?: Record<string, unknown>;
  evidence?: { id: string; kind: string }[];
  returned?: { reason: string | null; words: string | null } | null;
}

/** One occasion of rating; `raters` says who has answered, never what. */
export interface Sitting {
  sitting_id: string;
  kind: string;
  occurred_on: Day;
  raters: string[];
  /** By rater and ladder; left out until both have rated. */
  scores?: Record<string, Record<string, number | null>>;
}

export interface PlanStep {
  key: string;
  words: string;
  owner: string;
  due_on: Day;
  done_on?: Day | null;
}

export interface Plan {
  id: string;
  goal: string;
  review_on: Day;
  steps: PlanStep[];
}

/** Of somebody's journey, what recording needs. */
export interface Person {
  enrolment_id: string;
  short_name: string;
  reference: string;
  state: string;
  started_on: Day | null;
  worker: string | null;
  contract_id: string | null;
  records: PersonRecord[];
  sittings: Sitting[];
  plan: Plan | null;
  notice_given_on: Day | null;
}

/** "Dean" of "Dean M.": what a form calls somebody in a sentence. */
export function firstName(person: Pick<Person, 'short_name'>): string {
  return person.short_name.replace(/ \S\.$/, '');
}

/** The journey of one enrolment, as the server has it now. */
export function getJourney(enrolmentId: string, ifNoneMatch?: string | null): Promise<Answer<unknown>> {
  return send('GET', `/api/journeys/${enrolmentId}`, undefined, { ifNoneMatch: ifNoneMatch ?? null });
}

interface TimelineEntry extends Record<string, unknown> {
  kind: string;
  record_id?: string;
  root_id?: string;
  occurred_on: Day;
  recorded_at?: Moment;
  author_id?: string;
  code?: string | null;
  title?: string | null;
  words?: string | null;
  evidence?: { record_id: string; kind: string }[];
  verification?: { decision: string; reason: string | null; words: string | null } | null;
  state?: string;
}

/** Under which names a record is sent, from what its journey calls them. */
const BODIES: Record<string, (entry: TimelineEntry) => Record<string, unknown>> = {
  contact: ({ code, channel, planned_at, words }) => ({ outcome: code, channel, planned_at, note: words }),
  intervention: ({ code, minutes, group_size, words }) => ({ kind: code, duration_minutes: minutes, group_size, note: words }),
  employment: ({ code, employer, started_on, ended_on, weekly_minutes, words }) => (
    { kind: code, employer, started_on, ended_on, weekly_minutes, note: words }
  ),
  milestone: ({ code, words }) => ({ kind: code, description: words }),
  end: ({ code, words }) => ({ reason: code, note: words }),
};

function recordOf(entry: TimelineEntry): PersonRecord {
  const { verification, state } = entry;
  return {
    id: entry.record_id ?? '',
    kind: entry.kind,
    occurred_on: entry.occurred_on,
    recorded_at: entry.recorded_at,
    author_id: entry.author_id,
    words: entry.title ?? undefined,
    body: BODIES[entry.kind]?.(entry) ?? {},
    evidence: (entry.evidence ?? []).map(item => ({ id: item.record_id, kind: item.kind })),
    returned: state === 'returned' && verification ? { reason: verification.reason, words: verification.words } : null,
  };
}

/** Read from a journey what recording needs; whatever is not there is empty. */
export function personOf(journey: unknown): Person {
  const from = journey as Partial<Person> & { timeline?: TimelineEntry[] };
  return {
    enrolment_id: from.enrolment_id ?? '',
    short_name: from.short_name ?? '',
    reference: from.reference ?? '',
    state: from.state ?? 'started',
    started_on: from.started_on ?? null,
    worker: from.worker ?? null,
    contract_id: from.contract_id ?? null,
    records: (from.timeline ?? []).map(recordOf),
    sittings: from.sittings ?? [],
    plan: from.plan ?? null,
    notice_given_on: from.notice_given_on ?? null,
  };
}
