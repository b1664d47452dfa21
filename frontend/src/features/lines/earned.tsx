import { useRoute } from 'preact-iso';
import { getEntitlements, type Entitlement } from '../../api/claims';
import { dayWords } from '../../lib/dates';
import { phraseFor, t } from '../../lib/i18n';
import { moneyWords } from '../../lib/money';
import { useAnswer } from '../../lib/use-answer';
import { holdsRole } from '../../store/session';
import { AskedFor } from '../../ui/asked';
import { EmptyState } from '../../ui/empty-state';
import { Conditions } from '../../ui/line-content';
import { OpeningRow } from '../../ui/opening-row';
import { Page } from '../../ui/page';

/**
 * What one person's records earn of each rate, condition by condition, also what is not there yet: for who manages and
 * who claims, never for who rates. It is not kept on the device.
 */
export default function Earned() {
  const enrolmentId = useRoute().params['id'] ?? '';
  const asked = useAnswer(enrolmentId, () => getEntitlements(enrolmentId));
  const back = holdsRole('manager')
    ? { href: `/people/${enrolmentId}`, words: t('lines.to-journey') }
    : { href: '/claims', words: t('lines.to-bench') };
  return (
    <Page title={t('lines.earned')} kind="list" lead={t('lines.earned-lead')} back={back}>
      <AskedFor asked={asked}>
        {list => list.items.length === 0
          ? <EmptyState title={t('lines.earned-none')}>{t('lines.earned-none-what')}</EmptyState>
          : <><Heads /><ul class="rows lines">{list.items.map(one => <Rate key={one.id} one={one} />)}</ul></>}
      </AskedFor>
    </Page>
  );
}

/** The heads of the columns; each row says the same to who listens. */
function Heads() {
  return (
    <div class="cols" aria-hidden="true">
      {(['rate', 'for', 'state', 'from', 'by'] as const).map(name => <span key={name}>{t(`lines.earned-col-${name}`)}</span>)}
      <span class="money">{t('lines.earned-col-price')}</span>
    </div>
  );
}

function Rate({ one }: { one: Entitlement }) {
  const isOpen = one.conditions.some(condition => !condition.met);
  return (
    <OpeningRow
      reference={one.rate_code}
      title={one.rate_title}
      provider={phraseFor('lines', one.is_claimed ? 'earned-claimed' : `earned-${one.state}`)}
      from={one.claimable_from ? dayWords(one.claimable_from) : t('line.none')}
      by={one.closes_on ? t('line.by', { day: dayWords(one.closes_on) }) : null}
      money={moneyWords(one.price_pence)}
    >
      {() => (
        <>
          <h2>{isOpen ? t('line.conditions-open') : t('line.conditions')}</h2>
          <Conditions conditions={one.conditions} />
          <p class="soft">{t('lines.earned-card', { card: one.card_title, version: one.card_version, source: one.card_source })}</p>
        </>
      )}
    </OpeningRow>
  );
}
