import type { ComponentChildren } from 'preact';
import { Icon } from './icon';

/** Back to where one came from, above the heading. */
export function BackLink({ href, children }: { href: string; children: ComponentChildren }) {
  return <a class="back" href={href}><Icon name="back" />{children}</a>;
}

/** A lesser act in a row, as tall as a thumb: "Correct". */
export function QuietLink({ href, children }: { href: string; children: ComponentChildren }) {
  return <a class="quiet" href={href}>{children}</a>;
}
