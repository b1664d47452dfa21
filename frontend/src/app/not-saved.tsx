import { t } from '../lib/i18n';
import { unsaved } from '../store/space';
import { Button } from '../ui/button';
import { Dialog } from '../ui/dialog';

/** Said in front of any screen: what was to be recorded is not on this device, and what to do. */
export function NotSavedSays() {
  const why = unsaved.value;
  const close = () => void (unsaved.value = null);
  return (
    <Dialog open={why !== null} title={t('app.not-saved')} onClose={close} acts={<Button big onClick={close}>{t('app.not-saved-read')}</Button>}>
      <p>{why === 'no-room' ? t('app.not-saved-no-room') : t('app.not-saved-broken')}</p>
      <p>{t('app.not-saved-stays')}</p>
      <p>{why === 'no-room' ? t('app.not-saved-make-room') : t('app.not-saved-again')}</p>
    </Dialog>
  );
}
