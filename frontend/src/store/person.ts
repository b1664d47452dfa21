import { useEffect, useState } from 'preact/hooks';
import { getJourney, personOf, type Person } from '../api/person';
import { keepJourney, keptJourney } from './kept';
import { notHereWords } from './not-here';
import { watchOpening } from './openings';
import { currentSession, currentStore } from './session';

/** Whom a form is about: known as soon as this device knows them. */
export interface KnownPerson {
  person: Person | null;
  /** Why they are not known, in words. */
  failure: string | null;
}

export interface WatchedPerson extends KnownPerson {
  /** Ask the server again: something about them was just changed. */
  refresh: () => Promise<void>;
}

/** Read somebody from this device, then ask for what is newer. */
export function usePerson(enrolmentId: string): WatchedPerson {
  const [known, setKnown] = useState<KnownPerson>({ person: null, failure: null });
  useEffect(() => {
    let gone = false;
    setKnown({ person: null, failure: null });
    void (async () => {
      const kept = await keptJourney(currentStore(), enrolmentId);
      if (kept && !gone) setKnown({ person: personOf(kept.journey), failure: null });
      const fresh = await readPerson(enrolmentId);
      if (!gone && (fresh.person || !kept)) setKnown(fresh);
    })();
    return () => void (gone = true);
  }, [enrolmentId]);
  const refresh = async () => {
    const fresh = await readPerson(enrolmentId);
    setKnown({ person: fresh.person ?? known.person, failure: fresh.failure });
  };
  return { ...known, refresh };
}

/** Ask the server for somebody; the journey is kept here where this device holds them already. */
export async function readPerson(enrolmentId: string): Promise<KnownPerson> {
  const store = currentStore();
  const kept = await keptJourney(store, enrolmentId);
  const { language } = currentSession().user;
  const asked = getJourney(enrolmentId, kept?.etag);
  if (kept) void watchOpening(enrolmentId, asked);
  const answer = await asked;
  if (answer.kind === 'unchanged' && kept) return { person: personOf(kept.journey), failure: null };
  if (answer.kind !== 'ok') return { person: null, failure: notHereWords(answer) };
  if (kept?.fetched_at) await keepJourney(store, { ...kept, language, etag: answer.etag, journey: answer.data, fetched_at: new Date().toISOString() });
  return { person: personOf(answer.data), failure: null };
}
