import { dayWords, momentWords } from '../lib/dates';
import { phraseFor, t } from '../lib/i18n';
import { Icon } from './icon';
import { Table } from './table';

/** A condition of a rate, what was found, and the limit. */
export interface Condition {
  code: string;
  condition: string;
  met: boolean;
  found: string;
  needed: string;
  /** References of the records that show it: "R1, E1". */
  records?: string;
  /** Who can put it right, and until when. */
  who?: string | null;
  by?: string | null;
}

/** The conditions of a line, each ticked with what shows it, or open with what it needs and who can put it right. */
export function Conditions({ conditions }: { conditions: readonly Condition[] }) {
  return (
    <ul class="conds">
      {conditions.map(one => (
        <li key={one.code} class={one.met ? undefined : 'is-open'}>
          <Icon name={one.met ? 'tick' : 'alert'} />
          <div><span class="hidden">{one.met ? t('line.met') : t('line.open')} </span>{one.condition}</div>
          <p>{foundWords(one)}</p>
        </li>
      ))}
    </ul>
  );
}

function foundWords(one: Condition): string {
  const who = one.met ? null : phraseFor('line', `who-${one.who}`);
  return [
    one.records ? t('line.by-records', { found: one.found, records: one.records }) : one.found,
    !one.met && one.needed && one.needed !== one.found ? t('line.needs', { limit: one.needed }) : '',
    who ?? '',
    !one.met && one.by ? t('line.by', { day: dayWords(one.by) }) : '',
  ].filter(Boolean).join('; ');
}

export interface LineRecord {
  ref: string;
  what: string;
  occurred_on: string;
  recorded_at: string;
  received_at: string;
  mark: string;
}

/** The records that a line rests on, with their three times. */
export function LineRecords({ records }: { records: readonly LineRecord[] }) {
  return (
    <Table
      caption={t('line.records')}
      rows={records}
      keyOf={record => record.ref}
      columns={[
        { label: t('line.ref'), cell: record => record.ref },
        { label: t('line.what'), cell: record => record.what },
        { label: t('line.happened'), cell: record => <span class="nowrap">{dayWords(record.occurred_on)}</span> },
        { label: t('line.recorded'), cell: record => momentWords(record.recorded_at) },
        { label: t('line.received'), cell: record => momentWords(record.received_at) },
        { label: t('line.mark'), cell: record => record.mark },
      ]}
    />
  );
}

export interface LineEvidence {
  ref: string;
  what: string;
  own_date: string | null;
  obtained: string;
  supports: string;
  covers_from: string | null;
  covers_until: string | null;
  kept_sha256: string | null;
}

/** The evidence of a line: its own dates, how it was obtained, and the hash of the file that is kept. */
export function LineEvidenceTable({ evidence }: { evidence: readonly LineEvidence[] }) {
  if (evidence.length === 0) return null;
  return (
    <Table
      caption={t('line.evidence')}
      rows={evidence}
      keyOf={item => item.ref}
      columns={[
        { label: t('line.ref'), cell: item => item.ref },
        { label: t('line.what'), cell: item => <>{item.what}<p class="hash"><span class="hidden">{t('line.file-hash')} </span>{item.kept_sha256 ?? t('line.no-file')}</p></> },
        { label: t('line.supports'), cell: item => item.supports },
        { label: t('line.own-date'), cell: item => <span class={item.covers_from ? undefined : 'nowrap'}>{ownDate(item)}</span> },
        { label: t('line.obtained'), cell: item => item.obtained },
      ]}
    />
  );
}

function ownDate(item: LineEvidence): string {
  if (item.covers_from && item.covers_until) return t('line.covers', { from: dayWords(item.covers_from), until: dayWords(item.covers_until) });
  return item.own_date ? dayWords(item.own_date) : t('line.none');
}
