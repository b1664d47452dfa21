import type { ComponentChildren } from 'preact';
import { getBoard, type BoardRow, type BoardSummary } from '../../api/claims';
import { dayWords } from '../../lib/dates';
import { t } from '../../lib/i18n';
import { moneyWords } from '../../lib/money';
import { usePages } from '../../lib/use-pages';
import { pageKeeper } from '../../store/page-keeper';
import { EmptyState } from '../../ui/empty-state';
import { Conditions } from '../../ui/line-content';
import { ListState } from '../../ui/list-state';
import { OpeningRow } from '../../ui/opening-row';
import { ShowMore } from '../../ui/pager';
import { Expected } from './expected';
import { Columns } from './parts';

interface ClaimableProps {
  contractId: string;
  summary: BoardSummary | null;
  /** In a draft: which lines are chosen to be added. */
  chosen?: ReadonlySet<string>;
  onChoose?: (chosen: ReadonlySet<string>) => void;
}

/** What could be claimed today, least time first; each line opens to why. */
export function Claimable({ contractId, summary, chosen, onChoose }: ClaimableProps) {
  const pages = usePages(`claimable:${contractId}`, after => getBoard(contractId, 'claimable', null, after), pageKeeper);
  const count = summary?.claimable.count ?? pages.items?.length ?? 0;
  return (
    <>
      <h2 class="hidden">{t('claims.tab-claimable')}</h2>
      <div class="lines-say">
        {summary && <p>{t('claims.claimable-say', { count, amount: moneyWords(summary.claimable.amount_pence) })}</p>}
        <p>{t('claims.same-numbers')}</p>
      </div>
      <ListState pages={pages} />
      {pages.items?.length === 0 && <EmptyState title={t('claims.nothing-claimable')}>{t('claims.nothing-claimable-what')}</EmptyState>}
      {pages.items && pages.items.length > 0 && (
        <>
          <Columns pickable={Boolean(onChoose)} />
          <ul class="rows lines">
            {pages.items.map(row => (
              <BoardLine key={row.id} row={row} pick={chosen && onChoose && <PickBox row={row} chosen={chosen} onChoose={onChoose} />} />
            ))}
            {pages.hasMore && <ShowMore {...othersOf(count, pages.items.length)} busy={pages.busy} onMore={pages.more} />}
          </ul>
        </>
      )}
      {summary && <Expected months={summary.expected} />}
    </>
  );
}

const othersOf = (count: number, shown: number) => (count > shown ? { others: count - shown } : {});

/** A line that is not in a claim yet, with its conditions. */
export function BoardLine({ row, pick }: { row: BoardRow; pick?: ComponentChildren }) {
  return (
    <OpeningRow
      reference={row.person}
      title={row.rate_title}
      provider={row.provider}
      from={row.claimable_from ? dayWords(row.claimable_from) : t('line.none')}
      by={row.closes_on ? <><span class="lbl">{t('claims.by')} </span>{dayWords(row.closes_on)}</> : null}
      money={moneyWords(row.price_pence)}
      pick={pick}
    >
      {() => (
        <>
          <h3>{row.missing_code ? t('line.conditions-open') : t('line.conditions')}</h3>
          <Conditions conditions={row.conditions} />
          <p><a href={`/people/${row.enrolment_id}/earned`}>{t('claims.all-of-person', { person: row.person })}</a></p>
        </>
      )}
    </OpeningRow>
  );
}

function PickBox({ row, chosen, onChoose }: { row: BoardRow; chosen: ReadonlySet<string>; onChoose: (chosen: ReadonlySet<string>) => void }) {
  const turn = () => {
    const next = new Set(chosen);
    if (!next.delete(row.id)) next.add(row.id);
    onChoose(next);
  };
  return (
    <label class="pick-box">
      <input type="checkbox" checked={chosen.has(row.id)} onChange={turn} />
      <span class="hidden">{t('claims.choose-line', { person: row.person, rate: row.rate_title })}</span>
    </label>
  );
}
