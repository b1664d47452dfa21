import { t } from '../lib/i18n';
import type { Pages } from '../lib/use-pages';
import { Button } from './button';
import { NotificationBanner } from './notification-banner';

/** That a list is on its way, or why it did not come and the way to ask again. */
export function ListState({ pages }: { pages: Pages<unknown> }) {
  return (
    <>
      {pages.failure && (
        <NotificationBanner>
          <p>{pages.failure}</p>
          <Button second busy={pages.busy} onClick={pages.items ? pages.more : pages.reload}>{t('ui.try-again')}</Button>
        </NotificationBanner>
      )}
      {!pages.items && !pages.failure && <p class="soft" role="status">{t('ui.on-its-way')}</p>}
    </>
  );
}
