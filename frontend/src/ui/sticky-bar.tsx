import type { ComponentChildren } from 'preact';
import { t } from '../lib/i18n';

export interface StickyBarProps {
  /** At the left: the state of what was recorded, or a sentence. */
  says?: ComponentChildren;
  secondary?: ComponentChildren;
  /** Shown at every width; otherwise only under 1,024 px, where the head's acts are not. */
  form?: boolean;
  /** The primary act. */
  children?: ComponentChildren;
}

/** The one act, at the thumb's end. `Page` sets it; use it alone only on a page without a head. */
export function StickyBar({ says, secondary, form = false, children }: StickyBarProps) {
  return (
    <div class={form ? 'bar bar--form' : 'bar narrow-only'} role="region" aria-label={t('ui.next')}>
      <div class="bar__in">
        <div class="bar__says">{says ?? secondary}</div>
        {says && secondary}
        {children}
      </div>
    </div>
  );
}
