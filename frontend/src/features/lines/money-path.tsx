import { getBoardSummary, type FollowedLine } from '../../api/claims';
import { getStatement, getStatements, type Statement } from '../../api/statements';
import { t } from '../../lib/i18n';
import type { Answer } from '../../lib/result';
import { useKept } from '../../store/use-kept';
import { Section } from '../../ui/page';
import { Money } from '../../ui/texts';
import { pathOf, STEPS } from './path';

/** So many months' accounts are looked at for money on its way. */
const MONTHS = 6;

interface MoneyPathProps {
  contractId: string;
  lines: readonly FollowedLine[];
  /** Whether all lines are here; otherwise the sums are of those shown. */
  isWhole: boolean;
}

/** One's own share at each step, from claimable to arrived. */
export function MoneyPath({ contractId, lines, isWhole }: MoneyPathProps) {
  const claimable = useKept(`claimable:${contractId}`, () => getBoardSummary(contractId)).data?.claimable;
  const statements = useKept(`statements-whole:${contractId}`, () => lastStatements(contractId)).data;
  const path = pathOf({ count: claimable?.count ?? 0, sharePence: claimable?.provider_share_pence ?? 0 }, lines, statements ?? []);
  return (
    <Section title={t('lines.path')} says={isWhole ? t('lines.path-says', { count: MONTHS }) : t('lines.path-shown', { count: lines.length })}>
      <ol class="rows path">
        {STEPS.map(step => (
          <li key={step} class={path[step].count > 0 ? 'is-in' : undefined}>
            <b>{t(`lines.step-${step}`)}</b>
            <Money pence={path[step].sharePence} />
            <p>
              {t('lines.count', { count: path[step].count })}{' '}
              {step === 'passed-on' && path[step].count > 0 && <a href={`/statements?contract=${contractId}`}>{t('lines.confirm')}</a>}
            </p>
          </li>
        ))}
      </ol>
    </Section>
  );
}

async function lastStatements(contractId: string): Promise<Answer<Statement[]>> {
  const list = await getStatements(contractId, null);
  if (list.kind !== 'ok') return list;
  const answers = await Promise.all(list.data.items.slice(0, MONTHS).map(row => getStatement(row.id)));
  const failed = answers.find(answer => answer.kind !== 'ok');
  if (failed) return failed;
  return { ...list, data: answers.flatMap(answer => (answer.kind === 'ok' ? [answer.data] : [])) };
}
