import type { KeptJourney, KeptList, Store } from './database';

/** A journey kept on this device. */
export function keptJourney(store: Store, enrolmentId: string): Promise<KeptJourney | undefined> {
  return store.run(database => database.get('journeys', enrolmentId));
}

/** Keep a journey as it was answered. */
export async function keepJourney(store: Store, journey: KeptJourney): Promise<void> {
  await store.run(database => database.put('journeys', journey));
}

/** The revision of every journey kept here, by enrolment. */
export async function keptRevisions(store: Store): Promise<Map<string, number>> {
  const journeys = await store.run(database => database.getAll('journeys'));
  return new Map(journeys.map(journey => [journey.enrolment_id, journey.revision]));
}

/** Forget the journeys that this device may hold no longer. */
export async function forgetJourneys(store: Store, enrolmentIds: string[]): Promise<void> {
  await store.run(async database => {
    const tx = database.transaction('journeys', 'readwrite');
    await Promise.all(enrolmentIds.map(enrolmentId => tx.store.delete(enrolmentId)));
    await tx.done;
  });
}

/** A list kept on this device (`caseload:mine`), to be shown at once and refreshed quietly. */
export function keptList(store: Store, scope: string): Promise<KeptList | undefined> {
  return store.run(database => database.get('caseload', scope));
}

/** Keep a list as it was answered. */
export async function keepList(store: Store, list: KeptList): Promise<void> {
  await store.run(database => database.put('caseload', list));
}

/** Forget every journey and list: whoever read them has signed out. The outbox and drafts stay. */
export function forgetKept(store: Store): Promise<void> {
  return store.run(async database => {
    const tx = database.transaction(['journeys', 'caseload'], 'readwrite');
    await Promise.all([tx.objectStore('journeys').clear(), tx.objectStore('caseload').clear()]);
    await tx.done;
  });
}
