import type { Day, Moment } from '../lib/dates';
import type { Answer } from '../lib/result';
import { keepFromTitles } from '../lib/titles';
import { send } from './client';
import type { components } from './types';

/** The days of each occasion of rating. */
export type RatingTimes = components['schemas']['JourneyRating'];
/** One rater's answers, as the journey tells them. */
export type Answered = components['schemas']['JourneySittingAssessment'];

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
  instrument_id?: string;
  /** Let be because the person was in crisis: it counts nowhere. */
  is_crisis?: boolean;
  /** By rater and ladder; left out until both have rated. */
  scores?: Record<string, Record<string, number | null>>;
  /** What the person answered, whole; left out until both have rated. */
  own?: Answered;
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

/** What a journey still asks for; `code` says what kind of thing it is. */
export interface Needed {
  code: string;
  record_id: string | null;
  sitting_id: string | null;
  kind: string | null;
  title: string | null;
  occurred_on: Day | null;
  due_on: Day | null;
  reason: string | null;
  words: string | null;
  by: string | null;
  /** Evidence kinds of which one is enough. */
  takes: string[];
}

/** Of somebody's journey, what recording needs. */
export interface Person {
  enrolment_id: string;
  /** "Dean M." */
  short_name: string;
  first_name: string;
  reference: string;
  /** What they read and speak best, as ISO 639 has it. */
  language: string;
  state: string;
  started_on: Day | null;
  worker: string | null;
  contract_id: string;
  /** What the reader is to them: key worker, other staff of the provider, adviser. */
  relation: string;
  /** When they are rated; null for who is not on the programme. */
  rating: RatingTimes | null;
  records: PersonRecord[];
  /** Kept too long without a connection: the reference alone is known. */
  is_bare?: boolean;
  /** By the id of a version, that of the one which corrected it. */
  corrected?: Record<string, string>;
  sittings: Sitting[];
  needed: Needed[];
  plan: Plan | null;
  notice_given_on: Day | null;
}

/** The journey of one enrolment, as the server has it now. */
export async function getJourney(enrolmentId: string, ifNoneMatch?: string | null): Promise<Answer<unknown>> {
  const answer = await send<unknown>('GET', `/api/journeys/${enrolmentId}`, undefined, { ifNoneMatch: ifNoneMatch ?? null });
  if (answer.kind === 'ok') keepNamesFromTitles(answer.data);
  return answer;
}

/** Whose journey it is stands on the page, never in what the browser keeps of its titles. */
export function keepNamesFromTitles(journey: unknown): void {
  const { person } = journey as Partial<Pick<Journey, 'person'>>;
  keepFromTitles(person?.short_name, person?.first_name);
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

function recordOf(entry: TimelineEntry, plan: Journey['plan']): PersonRecord {
  const { verification, state } = entry;
  const body = BODIES[entry.kind]?.(entry) ?? (plan?.record_id === entry.record_id ? { ...plan } : {});
  return {
    id: entry.record_id ?? '',
    kind: entry.kind,
    occurred_on: entry.occurred_on,
    recorded_at: entry.recorded_at,
    author_id: entry.author_id,
    words: entry.title ?? undefined,
    body,
    evidence: (entry.evidence ?? []).map(item => ({ id: item.record_id, kind: item.kind })),
    returned: state === 'returned' && verification ? { reason: verification.reason, words: verification.words } : null,
  };
}

interface JourneySitting extends Omit<Sitting, 'scores' | 'own'> {
  is_sealed: boolean;
  assessments: Answered[];
}

/** The parts of a journey that are read here. */
interface Journey {
  enrolment_id: string;
  is_bare?: boolean;
  person: { short_name: string; first_name: string; reference: string; language?: string };
  enrolment: { state: string; started_on: Day | null; worker: string | null; contract_id: string; notice_given_on: Day | null };
  sittings: JourneySitting[];
  /** Left out by a journey that was kept before there was one. */
  rating?: RatingTimes | null;
  relation?: string;
  needed: Needed[];
  plan: (Omit<Plan, 'id'> & { record_id: string }) | null;
  timeline: TimelineEntry[];
  corrections?: { record_id: string; supersedes_id: string; is_withdrawn: boolean }[];
}

function sittingOf({ is_sealed, assessments, ...sitting }: JourneySitting): Sitting {
  if (is_sealed) return sitting;
  const scores = Object.fromEntries(assessments.map(assessment => [assessment.rater, assessment.scores]));
  return { ...sitting, scores, own: assessments.find(assessment => assessment.rater === 'participant') };
}

/** Read from a journey what recording needs. */
export function personOf(journey: unknown): Person {
  const { enrolment_id, relation, person, enrolment, sittings, rating, needed, plan, timeline, corrections = [] } = journey as Journey;
  return {
    enrolment_id,
    is_bare: (journey as Journey).is_bare === true,
    short_name: person.short_name,
    first_name: person.first_name,
    reference: person.reference,
    language: person.language ?? 'en',
    state: enrolment.state,
    started_on: enrolment.started_on,
    worker: enrolment.worker,
    contract_id: enrolment.contract_id,
    notice_given_on: enrolment.notice_given_on,
    relation: relation ?? '',
    rating: rating ?? null,
    records: timeline.map(entry => recordOf(entry, plan)),
    corrected: Object.fromEntries(corrections.filter(one => !one.is_withdrawn).map(one => [one.supersedes_id, one.record_id])),
    sittings: sittings.map(sittingOf),
    needed,
    plan: plan && { id: plan.record_id, goal: plan.goal, review_on: plan.review_on, steps: plan.steps },
  };
}
