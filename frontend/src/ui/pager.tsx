import { t } from '../lib/i18n';

export interface ShowMoreProps {
  /** How many are not shown yet, where that is known. */
  others?: number;
  busy?: boolean;
  onMore: () => void;
}

/** The last row of a list that goes on. */
export function ShowMore({ others, busy = false, onMore }: ShowMoreProps) {
  const words = busy ? t('ui.loading') : others === undefined ? t('ui.show-next') : t('ui.show-more', { count: others });
  return (
    <li class="rows__more">
      <button type="button" aria-disabled={busy || undefined} onClick={() => busy || onMore()}>{words}</button>
    </li>
  );
}
