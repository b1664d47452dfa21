import { getContracts } from '../../api/settings';
import { phraseFor, t } from '../../lib/i18n';
import { useAnswer } from '../../lib/use-answer';
import { holdsRole } from '../../store/session';
import { AskedFor } from '../../ui/asked';
import { LinkButton } from '../../ui/button';
import { EmptyState } from '../../ui/empty-state';
import { Page } from '../../ui/page';
import { Row, Rows } from '../../ui/rows';
import { DateText } from '../../ui/texts';

/** The contracts on which the organisation has a part. */
export default function Contracts() {
  const contracts = useAnswer('contracts', getContracts);
  return (
    <Page
      title={t('settings.contracts')}
      kind="day"
      back={{ href: '/settings', words: t('settings.title') }}
      lead={contracts.data && t('settings.contracts-count', { count: contracts.data.count })}
      primary={holdsRole('administrator') && <LinkButton href="/settings/contracts/new" icon="plus">{t('settings.add-contract')}</LinkButton>}
    >
      <AskedFor asked={contracts}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState title={t('settings.no-contracts')}>{t('settings.no-contracts-what')}</EmptyState>
          ) : (
            <Rows label={t('settings.contracts')}>
              {items.map(contract => (
                <Row key={contract.id} title={`${contract.code} ${contract.title}`} href={`/settings/contracts/${contract.id}`}>
                  <p>
                    {contract.is_own_programme
                      ? t('settings.own-programme')
                      : t('settings.led-by', { prime: contract.prime.name, commissioner: contract.commissioner?.name ?? '' })}
                  </p>
                  <p class="soft">
                    {t('settings.your-part')}: {contract.parts.map(part => phraseFor('settings', `part-${part}`) ?? part).join(', ')}.{' '}
                    <DateText day={contract.starts_on} /> – <DateText day={contract.ends_on} />
                  </p>
                </Row>
              ))}
            </Rows>
          )
        }
      </AskedFor>
    </Page>
  );
}
