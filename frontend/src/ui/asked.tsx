import type { ComponentChildren } from 'preact';
import { t } from '../lib/i18n';
import type { Asked } from '../lib/use-answer';
import { Button } from './button';
import { NotificationBanner } from './notification-banner';

/** What was asked for: its children once it is here, why not where it is not, and that it is on its way till then. */
export function AskedFor<T>({ asked, children }: { asked: Asked<T>; children: (data: T) => ComponentChildren }) {
  return (
    <>
      {asked.failure && (
        <NotificationBanner>
          <p>{asked.failure}</p>
          <Button second busy={asked.busy} onClick={asked.reload}>{t('ui.try-again')}</Button>
        </NotificationBanner>
      )}
      {asked.data !== null
        ? children(asked.data)
        : !asked.failure && <p class="soft" role="status">{t('ui.on-its-way')}</p>}
    </>
  );
}
