import type { ComponentChildren } from 'preact';
import { getBoard, type BoardSummary } from '../../api/claims';
import { dayWords } from '../../lib/dates';
import { t } from '../../lib/i18n';
import { moneyWords } from '../../lib/money';
import { usePages } from '../../lib/use-pages';
import { LinkButton } from '../../ui/button';
import { EmptyState } from '../../ui/empty-state';
import { BackLink } from '../../ui/links';
import { ListState } from '../../ui/list-state';
import { Section } from '../../ui/page';
import { ShowMore } from '../../ui/pager';
import { BoardLine } from './claimable';
import { Columns } from './parts';
import { benchUrl, type Place } from './place';
import { whoCan } from './words';

interface IncompleteProps {
  place: Place;
  summary: BoardSummary;
  /** The reason whose lines are shown; all reasons as groups otherwise. */
  missing: string | null;
  /** The reason is one of what is not there yet, not of what somebody can put right. */
  isWaiting: boolean;
}

/** What is not claimable yet, by what is missing and who can put it right. */
export function Incomplete({ place, summary, missing, isWaiting }: IncompleteProps) {
  const address = (code?: string, waits = false) => benchUrl({
    contractId: place.contract.id, month: place.month, number: place.claim?.number, tab: 'incomplete', ...(code ? { missing: code } : {}), isWaiting: waits,
  });
  const group = isWaiting ? undefined : summary.missing.find(one => one.missing_code === missing);
  const waiting = isWaiting ? summary.waiting.find(one => one.missing_code === missing) : undefined;
  if (missing) {
    return (
      <>
        <p><BackLink href={address()}>{t('claims.all-incomplete')}</BackLink></p>
        <h2>{group?.title ?? waiting?.title ?? t('claims.tab-incomplete')}</h2>
        {group && <p class="section-lead"><strong>{whoCan(group)}</strong></p>}
        {waiting && <p class="section-lead">{t('claims.waiting-what')}</p>}
        <GroupLines contractId={place.contract.id} list={isWaiting ? 'not-yet' : 'incomplete'} missing={missing} count={(group ?? waiting)?.sum.count ?? 0} />
      </>
    );
  }
  const seen = (code: string, title: string, count: number, waits = false) => (
    <LinkButton second href={address(code, waits)} label={t('claims.see-lines-of', { lines: t('claims.see-lines', { count }), title })}>
      {t('claims.see-lines', { count })}
    </LinkButton>
  );
  return (
    <>
      {summary.missing.length === 0
        ? <EmptyState title={t('claims.nothing-incomplete')}>{t('claims.nothing-incomplete-what')}</EmptyState>
        : <Groups summary={summary} seen={seen} />}
      {summary.waiting.length > 0 && <Waiting summary={summary} seen={seen} />}
    </>
  );
}

interface GroupsProps {
  summary: BoardSummary;
  /** The way to the lines of a group. */
  seen: (code: string, title: string, count: number, waits?: boolean) => ComponentChildren;
}

/** What somebody can put right, by what is missing. */
function Groups({ summary, seen }: GroupsProps) {
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
            <div class="acts">{seen(one.missing_code, one.title, one.sum.count)}</div>
          </li>
        ))}
      </ul>
    </>
  );
}

/** What nobody is asked to put right today: a day still to come, a change that is not there; each opens to its conditions. */
function Waiting({ summary, seen }: GroupsProps) {
  return (
    <Section title={t('claims.waiting')} says={t('claims.waiting-says', { count: summary.waiting.reduce((sum, one) => sum + one.sum.count, 0) })}>
      <p class="section-lead">{t('claims.waiting-what')}</p>
      <ul class="rows missing">
        {summary.waiting.map(one => (
          <li class="item" key={one.missing_code}>
            <div><h3>{one.title}</h3></div>
            <span class="num">{t('claims.lines', { count: one.sum.count })}</span>
            <span class="num">{moneyWords(one.sum.amount_pence)}</span>
            <div class="acts">{seen(one.missing_code, one.title, one.sum.count, true)}</div>
          </li>
        ))}
      </ul>
    </Section>
  );
}

interface GroupLinesProps {
  contractId: string;
  list: 'incomplete' | 'not-yet';
  missing: string;
  count: number;
}

function GroupLines({ contractId, list, missing, count }: GroupLinesProps) {
  const pages = usePages(`${list}:${contractId}:${missing}`, after => getBoard(contractId, list, missing, after));
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
