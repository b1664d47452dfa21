import type { ClaimLine, FollowedLine } from '../../api/claims';
import { addDays, dayOf, dayWords, today } from '../../lib/dates';
import { phraseFor, t } from '../../lib/i18n';
import { Section } from '../../ui/page';
import { Row, Rows } from '../../ui/rows';
import { Money } from '../../ui/texts';

/** A curable rejection makes the window so much longer. */
const CURE_DAYS = 30;

/** What the commissioner rejected, why in its words, and until when it can be cured. */
export function Rejected({ all }: { all: readonly FollowedLine[] }) {
  const lines = all.filter(one => one.line.state === 'rejected');
  if (lines.length === 0) return null;
  return (
    <Section title={t('lines.rejected')} count={lines.length}>
      <Rows>
        {lines.map(({ line, decision }) => (
          <Row key={line.id} title={`${line.rate_title}, ${line.person}`} href={`/people/${line.enrolment_id}`} needs={decision?.curable === true && !cureOf(line, all)} side={<Money pence={line.provider_share_pence} />}>
            <p>
              {line.label}. {decision && <>{phraseFor('line', `rejected-${decision.reason}`) ?? decision.reason}, {dayWords(dayOf(decision.decided_at))}. <q>{decision.words}</q></>}
            </p>
            <p><strong>{cureWords(line, decision?.curable === true, all)}</strong></p>
          </Row>
        ))}
      </Rows>
    </Section>
  );
}

/** The line that cures a rejected one, where there is one. */
function cureOf(line: ClaimLine, all: readonly FollowedLine[]): ClaimLine | undefined {
  return all.find(one => one.line.cures_line_id === line.id)?.line;
}

function cureWords(line: ClaimLine, isCurable: boolean, all: readonly FollowedLine[]): string {
  const cure = cureOf(line, all);
  if (cure) return t('line.cured', { line: cure.label });
  if (!isCurable) return t('line.no-cure');
  const until = addDays(line.closes_on, CURE_DAYS); // at least: the window also stood still while it was rejected
  return until < today() ? t('line.can-cure-window') : t('line.can-cure', { day: dayWords(until) });
}
