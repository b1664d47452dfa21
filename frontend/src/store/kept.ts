import { keepNamesFromTitles } from '../api/person';
import { dayReached } from '../lib/dates';
import type { Store } from './database';
import { forgetSeenSittings } from './drafts';
import { keepReference, journeyByReference, rowsByReference } from './references';
import { hidesScores, scoresHiddenFrom, withoutScores } from './scores';

export interface KeptJourney {
  enrolment_id: string;
  revision: number;
  etag: string | null;
  journey: unknown;
  fetched_at: string;
  /** Of its titles: what its reader spoke when it was asked for. */
  language?: string | undefined;
}

export interface KeptList {
  scope: string;
  etag: string | null;
  rows: unknown[];
  total?: number;
  fetched_at: string;
}

/** A journey kept on this device; where it was kept too long, what recording by reference needs of it. */
export async function keptJourney(store: Store, enrolmentId: string): Promise<KeptJourney | undefined> {
  const kept = await store.cabinet.get<unknown>('journeys', enrolmentId);
  if (!kept) return journeyByReference(store, enrolmentId);
  keepNamesFromTitles(kept.value);
  const { revision = 0, etag = null, fetched_at = '', scores_hidden_from } = kept.marks;
  const hides = hidesScores(scores_hidden_from, dayReached());
  return { enrolment_id: enrolmentId, revision, etag: hides ? null : etag, fetched_at, journey: hides ? withoutScores(kept.value) : kept.value };
}

/** Keep a journey as it was answered. */
export async function keepJourney(store: Store, { enrolment_id, journey, revision, etag, fetched_at, language }: KeptJourney): Promise<void> {
  const scores_hidden_from = scoresHiddenFrom(journey);
  const hides = hidesScores(scores_hidden_from, dayReached());
  const marks = { revision, etag, fetched_at, ...(language ? { language } : {}), scores_hidden_from: hides ? null : scores_hidden_from };
  await store.cabinet.put('journeys', enrolment_id, hides ? withoutScores(journey) : journey, marks);
  await keepReference(store, enrolment_id, journey);
}

/** Take earlier scores out of every journey whose day for it has come. @returns how many. */
export async function takeScoresOut(store: Store): Promise<number> {
  await forgetSeenSittings(store);
  const due = (await store.cabinet.marks('journeys')).filter(({ marks }) => hidesScores(marks.scores_hidden_from, dayReached()));
  for (const { key } of due) {
    const kept = await store.cabinet.get<unknown>('journeys', key);
    if (!kept) continue;
    const marks = { ...kept.marks, etag: null, scores_hidden_from: null };
    // Where there is no room for what stays of it, all of it goes.
    if (!(await store.cabinet.put('journeys', key, withoutScores(kept.value), marks))) await store.cabinet.delete('journeys', key);
  }
  return due.length;
}

/** The revision of every journey kept here, by enrolment. */
export async function keptRevisions(store: Store): Promise<Map<string, number>> {
  const journeys = await store.cabinet.marks('journeys');
  return new Map(journeys.map(({ key, marks }) => [key, marks.revision ?? 0]));
}

/** Which of the journeys kept here speak another language than their reader does now. */
export async function keptInAnother(store: Store, language: string | undefined): Promise<Set<string>> {
  const journeys = await store.cabinet.marks('journeys');
  return new Set(journeys.filter(({ marks }) => language && marks.language && marks.language !== language).map(({ key }) => key));
}

/** Forget the journeys that this device may hold no longer. */
export async function forgetJourneys(store: Store, enrolmentIds: string[]): Promise<void> {
  await store.cabinet.delete('journeys', ...enrolmentIds);
  await store.cabinet.delete('references', ...enrolmentIds);
}

/** A list kept on this device (`caseload:mine`), to be shown at once and refreshed quietly. */
export async function keptList(store: Store, scope: string): Promise<KeptList | undefined> {
  const kept = await store.cabinet.get<{ rows: unknown[]; total?: number }>('lists', await scopeKey(scope));
  if (!kept) return rowsByReference(store, scope);
  return { scope, etag: kept.marks.etag ?? null, fetched_at: kept.marks.fetched_at ?? '', ...kept.value };
}

/**
 * Keep a list as it was answered.
 * @param isLibrary that it says nothing about a person, and may stay when people's journeys go.
 */
export async function keepList(store: Store, { scope, etag, rows, total, fetched_at }: KeptList, isLibrary = false): Promise<void> {
  const marks = { etag, fetched_at, ...(isLibrary ? { is_library: true } : {}) };
  await store.cabinet.put('lists', await scopeKey(scope), { rows, ...(total === undefined ? {} : { total }) }, marks);
}

/** Forget every journey and list: they were kept too long without a word from the server. What was made here stays. */
export async function forgetKept(store: Store): Promise<void> {
  const { cabinet } = store;
  const [journeys, lists] = await Promise.all([cabinet.marks('journeys'), cabinet.marks('lists')]);
  await cabinet.delete('journeys', ...journeys.map(({ key }) => key));
  await cabinet.delete('lists', ...lists.filter(({ marks }) => !marks.is_library).map(({ key }) => key));
}

/** What a list is of may hold words (what was searched for); its key on the disk tells nothing of it. */
async function scopeKey(scope: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(scope));
  return Array.from(new Uint8Array(digest).subarray(0, 16), byte => byte.toString(16).padStart(2, '0')).join('');
}
