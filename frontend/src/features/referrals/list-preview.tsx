import { useState } from 'preact/hooks';
import type { Preview, PreviewRow } from '../../api/referral-imports';
import { t } from '../../lib/i18n';
import { Button, Chip, Chips } from '../../ui/button';
import { Checkboxes } from '../../ui/choices';
import { Section } from '../../ui/page';
import { Tag, type RecordState } from '../../ui/state-word';
import { Table } from '../../ui/table';
import { remarkWords } from './remark-words';

const PAGE_ROWS = 100;
const TONES: Record<PreviewRow['result'], RecordState> = { new: 'received', known: 'saved', faulty: 'needs' };
const ORDER = ['faulty', 'new', 'known'] as const;

export interface ListPreviewProps {
  preview: Preview;
  /** Whether faulty rows are to be left out. */
  drop: boolean;
  onDrop: (drop: boolean) => void;
}

/** Whether faulty rows are left out, and what becomes of each row, faulty ones first. */
export function ListPreview({ preview, drop, onDrop }: ListPreviewProps) {
  const [only, setOnly] = useState<PreviewRow['result'] | null>(null);
  const [shown, setShown] = useState(PAGE_ROWS);
  const counts = { new: preview.new_count, known: preview.known_count, faulty: preview.faulty_count };
  const rows = sorted(preview.rows).filter(row => only === null || row.result === only);
  return (
    <>
      {preview.faulty_count > 0 && (
        <Checkboxes
          name="drop_faulty"
          label={t('referrals.faulty-question')}
          hint={t('referrals.faulty-hint')}
          options={[{ value: 'yes', label: t('referrals.leave-out', { count: preview.faulty_count }) }]}
          values={drop ? ['yes'] : []}
          onInput={values => onDrop(values.length > 0)}
        />
      )}
      <p id="take-in-why" class="soft">{preview.new_count === 0 ? t('referrals.nothing-new') : t('referrals.together')}</p>
      <Section title={t('referrals.preview')} says={t('referrals.rows', { count: preview.rows.length })}>
        <Chips label={t('referrals.show')}>
          <Chip pressed={only === null} onPress={() => setOnly(null)}>{t('referrals.all', { count: preview.rows.length })}</Chip>
          {ORDER.map(result => counts[result] > 0 && (
            <Chip key={result} pressed={only === result} onPress={() => setOnly(result)}>{t(`referrals.count-${result}`, { count: counts[result] })}</Chip>
          ))}
        </Chips>
        <Table
          caption={t('referrals.table')}
          hideCaption
          columns={[
            { label: t('referrals.line'), cell: row => row.line },
            { label: t('referrals.result'), cell: row => <Tag tone={TONES[row.result]}>{t(`referrals.result-${row.result}`)}</Tag> },
            { label: t('referrals.person-remarks'), cell: row => <><Named row={row} /><Remarks row={row} /></> },
          ]}
          rows={rows.slice(0, shown)}
          keyOf={row => String(row.line)}
        />
        {rows.length > shown && (
          <p><Button second onClick={() => setShown(shown + PAGE_ROWS)}>{t('ui.show-more', { count: rows.length - shown })}</Button></p>
        )}
      </Section>
    </>
  );
}

function Named({ row }: { row: PreviewRow }) {
  const beside = [row.reference, row.provider].filter(Boolean).join(', ');
  return <p><strong>{row.name}</strong> {beside && <span class="soft">{beside}</span>}</p>;
}

function Remarks({ row }: { row: PreviewRow }) {
  if (row.result === 'known') return <p>{t('referrals.known-words')}</p>;
  const remarks = [...row.faults, ...row.warnings];
  if (remarks.length === 0) return null;
  return <ul>{remarks.map(remark => <li key={remark.field + remark.code}>{remarkWords(remark)}</li>)}</ul>;
}

function sorted(rows: readonly PreviewRow[]): PreviewRow[] {
  const weight = (row: PreviewRow) => (row.result === 'faulty' ? 0 : row.warnings.length > 0 ? 1 : row.result === 'new' ? 2 : 3);
  return [...rows].sort((one, other) => weight(one) - weight(other) || one.line - other.line);
}
