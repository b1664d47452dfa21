import { t } from '../../lib/i18n';
import type { Pages } from '../../lib/use-pages';
import { Button } from '../../ui/button';
import { NotificationBanner } from '../../ui/notification-banner';

/** The heads of the columns; each row says the same to who listens. */
export function Columns({ pickable, fourth, fifth }: { pickable?: boolean; fourth?: string; fifth?: string }) {
  return (
    <div class={pickable ? 'cols cols--pickable' : 'cols'} aria-hidden="true">
      <span>{t('claims.col-person')}</span><span>{t('claims.col-for')}</span><span>{t('claims.col-provider')}</span>
      <span>{fourth ?? t('claims.col-from')}</span><span>{fifth ?? t('claims.col-by')}</span><span class="money">{t('claims.col-price')}</span>
    </div>
  );
}

/** That a list is on its way, or why it did not come. */
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
