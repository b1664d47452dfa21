import { getBoard, type BoardSummary } from '../../api/claims';
import { dayWords } from '../../lib/dates';
import { t } from '../../lib/i18n';
import { moneyWords } from '../../lib/money';
import { usePages } from '../../lib/use-pages';
import { LinkButton } from '../../ui/button';
import { EmptyState } from '../../ui/empty-state';
import { BackLink } from '../../ui/links';
import { ShowMore } from '../../ui/pager';
import { BoardLine } from './claimable';
import { Columns, ListState } from './parts';
import { benchUrl, type Place } from './place';
import { whoCan } from './words';

interface IncompleteProps {
  place: Place;
  summary: BoardSummary;
  /** The reason whose lines are shown; all reasons as groups otherwise. */
  missing: string | null;
}

/** What is not claimable yet, by what is missing and who can put it right. */
export function Incomplete({ place, summary, missing }: IncompleteProps) {
  const address = (code?: string) => benchUrl({
    contractId: place.contract.id, month: place.month, number: place.claim?.number, tab: 'incomplete', ...(code ? { missing: code } : {}),
  });
  const group = summary.missing.find(one => one.missing_code === missing);
  if (missing) {
    return (
      <>
        <p><BackLink href={address()}>{t('claims.all-incomplete')}</BackLink></p>
        <h2>{group?.title ?? t('claims.tab-incomplete')}</h2>
        {group && <p class="section-lead"><strong>{whoCan(group)}</strong></p>}
        <GroupLines contractId={place.contract.id} missing={missing} count={group?.sum.count ?? 0} />
      </>
    );
  }
  if (summary.missing.length === 0) return <EmptyState title={t('claims.nothing-incomplete')}>{t('claims.nothing-incomplete-what')}</EmptyState>;
  return (
    <>
      <h2 class="hidden">{t('claims.tab-incomplete')}</h2>
      <div class="lines-say">
        <p>{t('claims.incomplete-say', { count: summary.incomplete.count, amount: moneyWords(summary.incomplete.amount_pence) })}</p>
      </div>
      <ul class="rows missing">
        {summary.missing.map(one => (
          <li class="item" key={one.missing_code}>
            <div>
              <h3>{one.title}</h3>
              <p><strong>{whoCan(one)}</strong> {t('claims.first-closes', { day: dayWords(one.first_closes_on) })}</p>
            </div>
            <span class="num">{t('claims.lines', { count: one.sum.count })}</span>
            <span class="num">{moneyWords(one.sum.amount_pence)}</span>
            <div class="acts">
              <LinkButton second href={address(one.missing_code)} label={t('claims.see-lines-of', { lines: t('claims.see-lines', { count: one.sum.count }), title: one.title })}>
                {t('claims.see-lines', { count: one.sum.count })}
              </LinkButton>
            </div>
          </li>
        ))}
      </ul>
    </>
  );
}

function GroupLines({ contractId, missing, count }: { contractId: string; missing: string; count: number }) {
  const pages = usePages(`incomplete:${contractId}:${missing}`, after => getBoard(contractId, 'incomplete', missing, after));
  const shown = pages.items?.length ?? 0;
  return (
    <>
      <ListState pages={pages} />
      {pages.items?.length === 0 && <EmptyState title={t('claims.nothing-incomplete')}>{t('claims.nothing-incomplete-what')}</EmptyState>}
      {pages.items && shown > 0 && (
        <>
          <Columns fourth={t('claims.col-expected')} fifth={t('claims.col-until')} />
          <ul class="rows lines">
            {pages.items.map(row => <BoardLine key={row.id} row={row} />)}
            {pages.hasMore && <ShowMore {...(count > shown ? { others: count - shown } : {})} busy={pages.busy} onMore={pages.more} />}
          </ul>
        </>
      )}
    </>
  );
}
