import { getOwnLines, type FollowedLine } from '../../api/claims';
import { addDays, dayOf, dayWords, today } from '../../lib/dates';
import { phraseFor, t } from '../../lib/i18n';
import { usePages, type Pages } from '../../lib/use-pages';
import { pageKeeper } from '../../store/page-keeper';
import { ListState } from '../../ui/list-state';
import { Section } from '../../ui/page';
import { ShowMore } from '../../ui/pager';
import { Row, Rows } from '../../ui/rows';
import { Money } from '../../ui/texts';

/** A curable rejection makes the window so much longer. */
const CURE_DAYS = 30;

/** What the commissioner rejected, the newest first, why in its words, and until when it can be cured. */
export function Rejected({ contractId }: { contractId: string }) {
  const pages = usePages<FollowedLine>(`rejected:${contractId}`, after => getOwnLines(contractId, after, 'rejected'), pageKeeper);
  const lines = pages.items ?? [];
  if (lines.length === 0 && !pages.failure) return null;
  return (
    <Section title={t('lines.rejected')} {...countOf(lines.length, pages)}>
      <ListState pages={pages} />
      <Rows>
        {lines.map(({ line, decision, cured_by: cure }) => (
          <Row key={line.id} title={`${line.rate_title}, ${line.person}`} href={`/people/${line.enrolment_id}`} needs={decision?.curable === true && !cure} side={<Money pence={line.provider_share_pence} />}>
            <p>
              {line.label}. {decision && <>{phraseFor('line', `rejected-${decision.reason}`) ?? decision.reason}, {dayWords(dayOf(decision.decided_at))}. <q>{decision.words}</q></>}
            </p>
            <p><strong>{cure ? t('line.cured', { line: cure }) : cureWords(line.closes_on, decision?.curable === true)}</strong></p>
          </Row>
        ))}
        {pages.hasMore && <ShowMore busy={pages.busy} onMore={pages.more} />}
      </Rows>
    </Section>
  );
}

/** How many there are, once all are here. */
function countOf(count: number, { items, hasMore }: Pages<FollowedLine>) {
  if (hasMore) return { says: t('lines.newest-shown', { count }) };
  return items ? { count } : {};
}

function cureWords(closesOn: string, isCurable: boolean): string {
  if (!isCurable) return t('line.no-cure');
  const until = addDays(closesOn, CURE_DAYS); // at least: the window also stood still while it was rejected
  return until < today() ? t('line.can-cure-window') : t('line.can-cure', { day: dayWords(until) });
}
