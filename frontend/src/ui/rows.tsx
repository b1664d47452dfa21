import type { ComponentChildren } from 'preact';
import { Icon } from './icon';
import { Count } from './state-word';

/** A list of rows with hairlines; its children are `Row`, `PersonRow`, `ShowMore` or own `<li>`. */
export function Rows({ children, kind, label }: { children: ComponentChildren; kind?: string; label?: string }) {
  return <ul class={kind ? `rows ${kind}` : 'rows'} aria-label={label}>{children}</ul>;
}

/** Rows under a heading that says how many: "This week 5". */
export function Group({ title, count, tone, children }: { title: string; count: number; tone?: 'needs'; children: ComponentChildren }) {
  return (
    <section class="group">
      <h2 class="group__head">{title} <Count n={count} tone={tone} /></h2>
      <Rows>{children}</Rows>
    </section>
  );
}

export interface RowProps {
  title: ComponentChildren;
  /** Makes the title a link. */
  href?: string;
  /** Needs somebody: the title carries the sign. */
  needs?: boolean;
  /** One or two soft lines under the title. */
  children?: ComponentChildren;
  time?: string;
  /** At the right: a state, an amount, a button. */
  side?: ComponentChildren;
  /** Under it, in full width: several buttons. */
  acts?: ComponentChildren;
  tone?: 'done' | 'next';
}

/** One thing of a day's list. */
export function Row({ title, href, needs, children, time, side, acts, tone }: RowProps) {
  const kind = ['item', time && 'item--time', tone && `item--${tone}`].filter(Boolean).join(' ');
  return (
    <li class={kind}>
      {time && <span class="item__time">{time}</span>}
      <div>
        <h3 class={needs ? 'mark mark--needs' : undefined}>
          {needs && <Icon name="needs" />}
          {href ? <a href={href}>{title}</a> : title}
        </h3>
        {children}
      </div>
      <div class="item__side">{side}</div>
      {acts && <div class="item__acts"><div class="acts">{acts}</div></div>}
    </li>
  );
}

export interface PersonRowProps {
  href: string;
  name: string;
  reference: string;
  /** Bold: what is due (`DueMark`, or plain words). */
  due: ComponentChildren;
  /** Soft: what is missing or tried. */
  note?: ComponentChildren;
  /** "Last met Wed 12 Feb". */
  met?: ComponentChildren;
  /** "Heads-up: large print". */
  headsUp?: ComponentChildren;
}

/** One person of a list; the whole row leads to their journey. */
export function PersonRow({ href, name, reference, due, note, met, headsUp }: PersonRowProps) {
  return (
    <li class="person">
      <div class="person__name"><a href={href}>{name}</a> {reference !== name && <span class="ref">{reference}</span>}</div>
      <div class="person__due">
        {typeof due === 'string' ? <b class="plain">{due}</b> : due}
        {note && <span>{note}</span>}
      </div>
      <div class="person__met">{met}{headsUp && <em>{headsUp}</em>}</div>
      <span class="person__go"><Icon name="go" /></span>
    </li>
  );
}
