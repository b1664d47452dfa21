import type { QueuedRecord } from '../../api/verification';
import { dayOf, dayWords } from '../../lib/dates';
import { t } from '../../lib/i18n';
import { moneyWords } from '../../lib/money';
import { Icon } from '../../ui/icon';
import { neighbour } from './queue';
import { titleOf } from './words';

export const recordUrl = (record: QueuedRecord) => `/verify?record=${record.id}`;

/** The list at the left: what waits, one's own dimmed with why. */
export function QueueList({ items, current }: { items: readonly QueuedRecord[]; current: QueuedRecord }) {
  return (
    <section class="queue" aria-label={t('verify.waiting')}>
      <div class="queue__head">
        <h2>{t('verify.to-verify', { count: items.filter(item => !item.own).length })}</h2>
        <p>{t('verify.order')}</p>
      </div>
      <ul>
        {items.map(item => (
          <li key={item.id}>
            <a class={item.own ? 'is-own' : undefined} href={recordUrl(item)} aria-current={item.id === current.id ? 'true' : undefined}>
              <b>{titleOf(item)}</b>
              <small>{item.person}</small>
              <small>{noteOf(item)}</small>
              {item.at_stake_pence !== null && <span class="money">{moneyWords(item.at_stake_pence)}</span>}
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}

function noteOf(item: QueuedRecord): string {
  if (item.own_reason) return t(`verify.${item.own_reason}`);
  if (item.is_outside) return t('verify.sent');
  return t('verify.since-day', { day: dayWords(dayOf(item.received_at)) });
}

/** The same list on a phone: where one is in it, and the way to the next. */
export function QueueStrip({ items, current }: { items: readonly QueuedRecord[]; current: QueuedRecord }) {
  const before = neighbour(items, current, -1);
  const next = neighbour(items, current, 1);
  const place = items.findIndex(item => item.id === current.id) + 1;
  return (
    <nav class="strip" aria-label={t('verify.queue')}>
      {before ? <a href={recordUrl(before)}><Icon name="back" />{t('verify.before')}</a> : <span />}
      <span>{t('verify.place-of', { place, count: items.length })}</span>
      {next ? <a href={recordUrl(next)}>{t('verify.next')}<Icon name="go" /></a> : <span />}
    </nav>
  );
}
