import { getLine, type FollowedLine } from '../../api/claims';
import { dayOf, dayWords } from '../../lib/dates';
import { t } from '../../lib/i18n';
import { moneyWords } from '../../lib/money';
import { useAnswer } from '../../lib/use-answer';
import { AskedFor } from '../../ui/asked';
import { Conditions, LineEvidenceTable, LineRecords } from '../../ui/line-content';
import { OpeningRow } from '../../ui/opening-row';

/** One of one's own lines: its step in words; opened, what it rests on. */
export function OwnLine({ followed }: { followed: FollowedLine }) {
  const { line } = followed;
  return (
    <OpeningRow
      reference={line.person}
      title={line.rate_title}
      provider={line.label}
      from={whenOf(followed)}
      by={stateOf(followed)}
      money={moneyWords(line.provider_share_pence)}
    >
      {() => <Whole lineId={line.id} />}
    </OpeningRow>
  );
}

function stateOf({ line, claim_state: claim }: FollowedLine): string {
  if (line.clawback !== 'none') return t(line.clawback === 'noticed' ? 'lines.clawback-noticed' : 'lines.clawed-back');
  if (line.state === 'included') return t(`lines.in-${claim === 'draft' || claim === 'locked' ? claim : 'approved'}`);
  return t(`line.state-${line.state}`);
}

function whenOf({ decision, submitted_at: submitted }: FollowedLine): string {
  const moment = decision?.decided_at ?? submitted;
  return moment ? dayWords(dayOf(moment)) : '';
}

function Whole({ lineId }: { lineId: string }) {
  const line = useAnswer(lineId, () => getLine(lineId));
  return (
    <AskedFor asked={line}>
      {view => (
        <>
          <h3>{t('line.conditions')}</h3>
          <Conditions conditions={view.content.conditions} />
          <LineRecords records={view.content.records} />
          <LineEvidenceTable evidence={view.content.evidence} />
          <p class="after-why"><a class="quiet" href={`/people/${view.line.enrolment_id}`}>{t('lines.journey', { reference: view.line.person })}</a></p>
        </>
      )}
    </AskedFor>
  );
}
