import { useRoute } from 'preact-iso';
import { getMilestoneKinds } from '../../api/library';
import { getRateCard, type RateCard } from '../../api/settings';
import { t } from '../../lib/i18n';
import { useAnswer } from '../../lib/use-answer';
import { AskedFor } from '../../ui/asked';
import { Details } from '../../ui/details';
import { Page, Section } from '../../ui/page';
import { SummaryList } from '../../ui/summary-list';
import { Table } from '../../ui/table';
import { MomentText, Money } from '../../ui/texts';
import { triggerWords } from './trigger-words';

/** One version of a price list: each rate, what earns it, and the text it was read from. */
export default function RateCardPage() {
  const { rateCardId = '' } = useRoute().params;
  const card = useAnswer(rateCardId, () => getRateCard(rateCardId));
  return (
    <Page title={card.data?.title ?? t('settings.rate-card')} lead={card.data?.source} back={{ href: '/settings/rate-cards', words: t('settings.rate-cards') }}>
      <AskedFor asked={card}>{found => <Card card={found} />}</AskedFor>
    </Page>
  );
}

function Card({ card }: { card: RateCard }) {
  const kinds = useAnswer('milestone-kinds', getMilestoneKinds);
  const titles = new Map(kinds.data?.items.map(kind => [kind.code, kind.title]));
  return (
    <>
      <SummaryList
        rows={[
          { key: t('settings.version'), value: card.version },
          { key: t('settings.window'), value: t('settings.window-days', { count: card.claim_window_days }) },
          ...(card.cap_per_person_pence === null ? [] : [{ key: t('settings.cap'), value: <Money pence={card.cap_per_person_pence} /> }]),
          { key: t('settings.loaded-at'), value: <MomentText at={card.loaded_at} /> },
          ...(card.frozen_at ? [{ key: t('settings.frozen'), value: <MomentText at={card.frozen_at} /> }] : []),
        ]}
      />
      <Section title={t('settings.rates')} count={card.rates.length}>
        <Table
          caption={t('settings.rates')}
          hideCaption
          rows={card.rates}
          keyOf={rate => rate.id}
          columns={[
            { label: t('settings.rate'), cell: rate => <><b>{rate.code}</b> {rate.title}</> },
            { label: t('settings.trigger'), cell: rate => <>{triggerWords(rate.trigger, titles)}{!rate.is_evaluated && <p class="soft">{t('settings.not-evaluated')}</p>}</> },
            { label: t('settings.most'), numeric: true, cell: rate => rate.max_per_person ?? t('settings.no-limit') },
            { label: t('settings.price'), numeric: true, cell: rate => <Money pence={rate.price_pence} /> },
          ]}
        />
      </Section>
      <Details summary={t('settings.as-loaded')}><pre class="source">{card.definition}</pre></Details>
    </>
  );
}
