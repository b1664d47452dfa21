import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { t } from '../lib/i18n';

/** Something about the whole page: what was just done (`success`; it comes into view), or what one must know. */
export function NotificationBanner({ tone, children }: { tone?: 'success'; children: ComponentChildren }) {
  const success = tone === 'success';
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // It stands above the form, whose button may be a screen further down.
    if (success) box.current?.scrollIntoView({ block: 'nearest' });
  }, [success]);
  return (
    <div
      ref={box}
      class={success ? 'govuk-notification-banner govuk-notification-banner--success' : 'govuk-notification-banner'}
      role={success ? 'alert' : 'region'}
      aria-label={success ? t('ui.success') : t('ui.important')}
    >
      <div class="govuk-notification-banner__header">
        <p class="govuk-notification-banner__title">{success ? t('ui.success') : t('ui.important')}</p>
      </div>
      <div class="govuk-notification-banner__content">{children}</div>
    </div>
  );
}
