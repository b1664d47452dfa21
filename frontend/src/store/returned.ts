import { computed, signal } from '@preact/signals';
import { send } from '../api/client';
import { personOf, type Needed, type Person } from '../api/person';
import { failureWords } from '../lib/problems';
import { keptJourney, keptList } from './kept';
import { readPerson } from './person';
import { currentSession, currentStore, whenLeft } from './session';

/** A record that a verifier sent back, and whose it is. */
export interface ReturnedRecord {
  person: Person;
  needed: Needed;
}

interface Row {
  enrolment_id: string;
  needs_you_count: number;
}

const rows = signal<readonly Row[]>([]);
const records = signal<readonly ReturnedRecord[] | null>(null);
const failure = signal<string | null>(null);

whenLeft(() => {
  rows.value = [];
  records.value = null;
});

/** How many records of one's people were sent back; known before any of them is read. */
export const returnedCount = computed(() => rows.value.reduce((sum, row) => sum + row.needs_you_count, 0));
/** The records themselves; null until they were read once. */
export const returnedRecords = computed(() => records.value);
/** Why they could not be read, in words. */
export const returnedFailure = computed(() => failure.value);

/** Count what was sent back. */
export async function refreshReturned(): Promise<void> {
  const answer = await send<{ items: Row[] }>('GET', '/api/caseload?needs=needs-you&limit=100');
  failure.value = failureWords(answer);
  if (answer.kind === 'ok') rows.value = answer.data.items;
  else if (rows.value.length === 0) rows.value = await rowsHere();
}

/** Whose records were sent back, as the list of one's people that is kept here tells. */
async function rowsHere(): Promise<Row[]> {
  const kept = await keptList(currentStore(), `${currentSession().membership.id}:mine:live:`);
  return ((kept?.rows ?? []) as Row[]).filter(row => row.needs_you_count > 0);
}

/** Read what was sent back, with the reasons; from this device where there is no connection. */
export async function readReturned(): Promise<void> {
  await refreshReturned();
  const known = await Promise.all(rows.value.map(row => personHere(row.enrolment_id)));
  if (failure.value && !known.some(person => person)) return;
  failure.value = null;
  records.value = known.flatMap(person =>
    person ? person.needed.filter(needed => needed.code === 'returned').map(needed => ({ person, needed })) : []);
}

/** Somebody as the server has them, else as this device does. */
async function personHere(enrolmentId: string): Promise<Person | null> {
  const { person } = await readPerson(enrolmentId);
  if (person) return person;
  const kept = await keptJourney(currentStore(), enrolmentId);
  return kept ? personOf(kept.journey) : null;
}
