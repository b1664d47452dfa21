import { t } from '../lib/i18n';

/** Work that takes a while: how far it is, in words and as a bar, once it is known of how much. It can be left; it goes on. */
export function Progress({ label, done, total }: { label: string; done: number; total: number }) {
  return (
    <div class="progress">
      <span id="progress-label">{label}</span>
      <progress aria-labelledby="progress-label" value={done} max={total || 1} />
      {total > 0 && <span>{t('ui.progress-of', { done, total })}</span>}
    </div>
  );
}
