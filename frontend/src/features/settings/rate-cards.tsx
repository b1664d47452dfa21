import { getRateCards, postRateCards } from '../../api/settings';
import { t } from '../../lib/i18n';
import { useAnswer } from '../../lib/use-answer';
import { holdsRole } from '../../store/session';
import { AskedFor } from '../../ui/asked';
import { EmptyState } from '../../ui/empty-state';
import { Page, Section } from '../../ui/page';
import { Row, Rows } from '../../ui/rows';
import { Tag } from '../../ui/state-word';
import { YamlForm } from './yaml-form';

/** The price lists in sight, every version of each. */
export default function RateCards() {
  const cards = useAnswer('rate-cards', getRateCards);
  return (
    <Page
      title={t('settings.rate-cards')}
      kind="day"
      back={{ href: '/settings', words: t('settings.title') }}
      lead={cards.data && t('settings.cards-count', { count: cards.data.count })}
    >
      <AskedFor asked={cards}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState title={t('settings.no-cards')}>{t('settings.no-cards-what')}</EmptyState>
          ) : (
            <Rows label={t('settings.rate-cards')}>
              {items.map(card => (
                <Row
                  key={card.id}
                  title={t('settings.card-version', { title: card.title, version: card.version })}
                  href={`/settings/rate-cards/${card.id}`}
                  side={card.frozen_at ? <Tag icon="lock">{t('settings.frozen')}</Tag> : undefined}
                >
                  <p>{t('settings.rates-count', { count: card.rates.length })}. {card.source}</p>
                </Row>
              ))}
            </Rows>
          )
        }
      </AskedFor>
      {holdsRole('administrator') && (
        <Section title={t('settings.load-cards')}>
          <YamlForm hint={t('settings.cards-hint')} load={postRateCards} onLoaded={cards.reload} />
        </Section>
      )}
    </Page>
  );
}
