import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';

export interface OpeningRowProps {
  reference: string;
  title: ComponentChildren;
  provider?: ComponentChildren;
  /** The fourth column; on narrow screens it is left out. */
  from?: ComponentChildren;
  by?: ComponentChildren;
  money: ComponentChildren;
  /** Before the row: a box to choose it by. */
  pick?: ComponentChildren;
  /** Drawn once it is opened, so that a long list asks for nothing until somebody looks. */
  children: () => ComponentChildren;
}

/** A line of a list that opens to why it is there. */
export function OpeningRow({ reference, title, provider, from, by, money, pick, children }: OpeningRowProps) {
  const [opened, setOpened] = useState(false);
  return (
    <li class={pick ? 'pickable' : undefined}>
      {pick}
      <details class="line" onToggle={event => event.currentTarget.open && setOpened(true)}>
        <summary>
          <span class="ref">{reference}</span>
          <b>{title}</b>
          <span class="prov">{provider}</span>
          <span class="from">{from}</span>
          <span class="by">{by}</span>
          <span class="money">{money}</span>
        </summary>
        <div class="why">{opened && children()}</div>
      </details>
    </li>
  );
}
