import type { ComponentChildren } from 'preact';
import { Icon, type IconName } from './icon';

/** A line under the header, about the app and not the page: offline, a new version, sign in again. */
export function Banner({ icon, tone, act, children }: { icon: IconName; tone?: 'needs'; act?: ComponentChildren; children: ComponentChildren }) {
  return (
    <div class={tone ? `banner banner--${tone}` : 'banner'}>
      <div class="banner__in"><Icon name={icon} /><p>{children}</p>{act}</div>
    </div>
  );
}
