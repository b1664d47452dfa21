import { useEffect, useState } from 'preact/hooks';
import type { Journey } from '../../api/people';
import { getJourney } from '../../api/person';
import { keepJourney, keptJourney } from '../../store/kept';
import { notHereWords } from '../../store/not-here';
import { watchOpening } from '../../store/openings';
import { currentSession, currentStore } from '../../store/session';
import { localRecords, type LocalRecord } from '../../sync/outbox';

export interface JourneyState {
  journey: Journey | null;
  /** Why there is none, in words. */
  failure: string | null;
}

/**
 * One journey: as kept on this device at once, then as the server has it; asked for again whenever the server has
 * taken a record about this person from here.
 */
export function useJourney(enrolmentId: string): JourneyState {
  const [state, setState] = useState<JourneyState>({ journey: null, failure: null });
  const lastReceived = newest(localRecords.value.filter(record => record.about.enrolment_id === enrolmentId));
  useEffect(() => setState({ journey: null, failure: null }), [enrolmentId]);
  useEffect(() => {
    let gone = false;
    void load();
    return () => {
      gone = true;
    };

    async function load() {
      const store = currentStore();
      const kept = await keptJourney(store, enrolmentId);
      if (kept && !gone) setState({ journey: kept.journey as Journey, failure: null });
      const { language } = currentSession().user;
      const asked = getJourney(enrolmentId, kept?.etag);
      if (kept) void watchOpening(enrolmentId, asked);
      const answer = await asked;
      if (gone || answer.kind === 'unchanged') return;
      if (answer.kind === 'ok') {
        const journey = answer.data as Journey;
        setState({ journey, failure: null });
        if (kept?.fetched_at) await keepJourney(store, { ...kept, language, revision: journey.revision, etag: answer.etag, journey, fetched_at: new Date().toISOString() });
        return;
      }
      if (!kept) setState({ journey: null, failure: notHereWords(answer) });
    }
  }, [enrolmentId, lastReceived]);
  return state;
}

/** When the server last took one of them; empty before the first. */
function newest(records: LocalRecord[]): string {
  return records.reduce((last, { received_at: at = '' }) => (at > last ? at : last), '');
}
