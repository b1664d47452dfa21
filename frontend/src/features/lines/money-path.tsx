import { getMoneyPath } from '../../api/claims';
import { t } from '../../lib/i18n';
import { useKept } from '../../store/use-kept';
import { AskedFor } from '../../ui/asked';
import { Section } from '../../ui/page';
import { Money } from '../../ui/texts';

const countWords = (count: number, takenBack: number) =>
  [count > 0 || takenBack === 0 ? t('lines.count', { count }) : '', takenBack > 0 ? t('lines.taken-back', { count: takenBack }) : ''].filter(Boolean).join(', ');

/** One's own share at each step, from claimable to arrived: the sums of all lines, added up by the server. */
export function MoneyPath({ contractId }: { contractId: string }) {
  const path = useKept(`money:${contractId}`, () => getMoneyPath(contractId));
  return (
    <Section title={t('lines.path')} says={t('lines.path-says')}>
      <AskedFor asked={path}>
        {({ steps }) => (
          <ol class="rows path">
            {steps.map(({ step, count, taken_back_count: takenBack, provider_share_pence: share }) => (
              <li key={step} class={count + takenBack > 0 ? 'is-in' : undefined}>
                <b>{t(`lines.step-${step}`)}</b>
                <Money pence={share} />
                <p>
                  {countWords(count, takenBack)}{' '}
                  {step === 'passed-on' && count > 0 && <a href={`/statements?contract=${contractId}`}>{t('lines.confirm')}</a>}
                </p>
              </li>
            ))}
          </ol>
        )}
      </AskedFor>
    </Section>
  );
}
