import type { ComponentChildren } from 'preact';
import { dayWords, momentWords, type Day, type Moment } from '../lib/dates';
import { moneyWords } from '../lib/money';
import { Icon, type IconName } from './icon';

/** An amount of whole pence as pounds. */
export function Money({ pence }: { pence: number }) {
  return <span class="money">{moneyWords(pence)}</span>;
}

/** A day as "Tue 4 March". */
export function DateText({ day }: { day: Day }) {
  return <time class="nowrap" dateTime={day}>{dayWords(day)}</time>;
}

/** A moment as "Tue 4 March, 10:04". */
export function MomentText({ at }: { at: Moment }) {
  return <time class="nowrap" dateTime={at}>{momentWords(at)}</time>;
}

/** A soft remark with an icon. */
export function Note({ icon = 'info', children }: { icon?: IconName; children: ComponentChildren }) {
  return <p class="note"><Icon name={icon} /><span>{children}</span></p>;
}

/** Words only for who listens. */
export function Hidden({ children }: { children: ComponentChildren }) {
  return <span class="hidden">{children}</span>;
}
