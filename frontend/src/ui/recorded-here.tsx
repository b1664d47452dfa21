import { dayOf, momentWords, timeWords, today } from '../lib/dates';
import { t } from '../lib/i18n';
import { problemWords } from '../lib/problems';
import type { Problem } from '../lib/result';
import { QuietLink } from './links';
import { RecordedList } from './recorded';
import type { RecordState } from './state-word';

/** A record made on this device, as the list needs it. */
export interface Here {
  id: string;
  state: RecordState;
  about: { words: string };
  recorded_at: string;
  received_at?: string;
  refusal?: Problem;
}

export interface RecordedHereProps<T extends Here> {
  records: readonly T[];
  /** Where a record is corrected; null where it is not. */
  correctHref: (record: T) => string | null;
}

/** What was recorded on this device, each with its state in words, since when, and the way to correct it. */
export function RecordedHere<T extends Here>({ records, correctHref }: RecordedHereProps<T>) {
  return (
    <RecordedList
      rows={records.map(record => {
        const href = correctHref(record);
        return {
          id: record.id,
          state: record.state,
          words: record.about.words,
          note: noteOf(record),
          act: href && <QuietLink href={href}>{t('ui.correct')}<span class="hidden">: {record.about.words}</span></QuietLink>,
        };
      })}
    />
  );
}

function noteOf(record: Here): string {
  if (record.refusal) return problemWords(record.refusal);
  const recorded = whenWords(record.recorded_at);
  return record.received_at ? t('ui.received-at', { recorded, received: whenWords(record.received_at) }) : t('ui.here-at', { recorded });
}

/** "10:04" of today, "Tue 4 March, 10:04" of another day. */
function whenWords(at: string): string {
  return dayOf(at) === today() ? timeWords(at) : momentWords(at);
}
