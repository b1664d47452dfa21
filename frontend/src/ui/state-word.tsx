import type { ComponentChildren } from 'preact';
import { t } from '../lib/i18n';
import { Icon, type IconName } from './icon';

/** The four states of a record. */
export type RecordState = 'saved' | 'sending' | 'received' | 'needs';

/** A record's state: one word, one icon, one colour. `children` only where there is a count in the word. */
export function StateWord({ state, children }: { state: RecordState; children?: ComponentChildren }) {
  return <span class={`state state--${state}`}><Icon name={state} />{children ?? t(`ui.state-${state}`)}</span>;
}

/** A state of anything else, in words: `tone` colours it, the words say it. */
export function Tag({ tone = 'saved', icon, children }: { tone?: RecordState; icon?: IconName; children: ComponentChildren }) {
  return <span class={`state state--${tone}`}>{icon && <Icon name={icon} />}{children}</span>;
}

/** How many, in a round badge; give `of` where the words beside it do not say what is counted. */
export function Count({ n, tone, of }: { n: number; tone?: 'needs'; of?: string }) {
  return <span class={tone ? `count count--${tone}` : 'count'}>{n}{of && <span class="hidden"> {of}</span>}</span>;
}

/** What is due, missing or wrong, as the bold line of a row. */
export function DueMark({ icon, children }: { icon: 'needs' | 'calendar' | 'away'; children: ComponentChildren }) {
  return (
    <strong class={`mark mark--${icon === 'calendar' ? 'due' : icon}`}>
      <Icon name={icon} />
      {icon === 'needs' && <span class="hidden">{t('ui.needs-prefix')}</span>}
      {children}
    </strong>
  );
}
