import { today } from '../lib/dates';
import type { Store } from './database';
import type { KeptJourney, KeptList } from './kept';

/** Of a person, what recording by reference needs: no name, nothing of their journey. */
interface Reference {
  reference: string;
  contract_id: string;
  state: string;
  started_on: string | null;
  notice_given_on: string | null;
}

/** The caseload that stands for itself when names are no longer here. */
const OWN_PEOPLE = /:mine:live:$/;

/** Note a person's reference beside their journey. */
export async function keepReference(store: Store, enrolmentId: string, journey: unknown): Promise<void> {
  const { person, enrolment } = journey as { person?: { reference: string }; enrolment?: Omit<Reference, 'reference'> };
  if (!person || !enrolment) return;
  const { contract_id, state, started_on, notice_given_on } = enrolment;
  await store.cabinet.put('references', enrolmentId, { reference: person.reference, contract_id, state, started_on, notice_given_on });
}

/** A journey that tells the reference alone, so that a record can still be made. */
export async function journeyByReference(store: Store, enrolmentId: string): Promise<KeptJourney | undefined> {
  const kept = await store.cabinet.get<Reference>('references', enrolmentId);
  if (!kept) return undefined;
  const { reference, ...enrolment } = kept.value;
  const journey = {
    enrolment_id: enrolmentId,
    revision: 0,
    is_bare: true,
    relation: 'worker',
    is_folded: true,
    person: { short_name: reference, first_name: reference, reference, heads_up: null, language: 'en' },
    enrolment: {
      ...enrolment, provider_id: '', provider: '', prime: '', contract: '', worker_id: null, worker: null, adviser: null,
      referred_on: enrolment.started_on ?? today(), accepted_on: null, ended_on: null, closed_reason: null, notice_manner: null,
    },
    in_short: { own_words: null, next: [], last_met_on: null, last_met_minutes: null, last_tried_on: null },
    ladders: [], sittings: [], needed: [], plan: null, timeline: [], corrections: [], events: [],
  };
  return { enrolment_id: enrolmentId, revision: 0, etag: null, journey, fetched_at: '' };
}

/** One's own people where their list was not kept: by name while their journeys are here, else by reference alone. */
export async function rowsByReference(store: Store, scope: string): Promise<KeptList | undefined> {
  if (!OWN_PEOPLE.test(scope)) return undefined;
  const people = await store.cabinet.all<Reference>('references');
  if (people.length === 0) return undefined;
  const journeys = await store.cabinet.all<{ person: { short_name: string } }>('journeys');
  const names = new Map(journeys.map(({ key, value }) => [key, value.person.short_name]));
  const rows = people.map(({ key, value }) => ({
    enrolment_id: key, revision: 0, is_bare: true, reference: value.reference, short_name: names.get(key) ?? value.reference, heads_up: null, state: value.state,
    attention_on: today(), needs_you_on: null, needs_you_count: 0, needs_you_reason: null, next_planned_at: null,
    baseline_due_on: null, second_baseline_due_on: null, baseline_locks_on: null, review_due_on: null, plan_due_on: null, last_met_on: null, last_tried_on: null,
    evidence_missing_count: 0, evidence_missing_kind: null, evidence_missing_title: null,
    referred_on: value.started_on ?? today(), started_on: value.started_on, ended_on: null, worker_id: null, worker: null, provider: '',
  }));
  return { scope, etag: null, rows, total: rows.length, fetched_at: '' };
}
