import type { ComponentChildren } from 'preact';
import { t } from '../lib/i18n';
import { StateWord, type RecordState } from './state-word';

/** What the sticky bar says of this device's records: the most pressing state, with its number. */
export function OutboxSays({ counts, note }: { counts: Record<RecordState, number>; note?: ComponentChildren }) {
  const state = (['needs', 'sending', 'saved'] as const).find(name => counts[name] > 0);
  return (
    <>
      {state && <StateWord state={state}>{t(`ui.${state}-count`, { count: counts[state] })}</StateWord>}
      {note && <p class="hide-phone">{note}</p>}
    </>
  );
}

export interface RecordedRow {
  id: string;
  state: RecordState;
  /** "Dean M.: food hygiene certificate" */
  words: ComponentChildren;
  /** "10:04, on this tablet"; for what needs somebody, the reason. */
  note?: ComponentChildren;
  /** `<QuietLink>`: "Correct". */
  act?: ComponentChildren;
}

/** What was just recorded, each with its state and the way to correct it. */
export function RecordedList({ rows }: { rows: readonly RecordedRow[] }) {
  return (
    <ul class="rows log">
      {rows.map(row => (
        <li key={row.id}>
          <StateWord state={row.state} />
          <div>{row.words}{row.note && <p>{row.note}</p>}</div>
          {row.act}
        </li>
      ))}
    </ul>
  );
}
