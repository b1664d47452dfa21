import { t } from '../../lib/i18n';

/** The heads of the columns; each row says the same to who listens. */
export function Columns({ pickable, fourth, fifth }: { pickable?: boolean; fourth?: string; fifth?: string }) {
  return (
    <div class={pickable ? 'cols cols--pickable' : 'cols'} aria-hidden="true">
      <span>{t('claims.col-person')}</span><span>{t('claims.col-for')}</span><span>{t('claims.col-provider')}</span>
      <span>{fourth ?? t('claims.col-from')}</span><span>{fifth ?? t('claims.col-by')}</span><span class="money">{t('claims.col-price')}</span>
    </div>
  );
}
