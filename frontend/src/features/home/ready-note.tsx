import { t } from '../../lib/i18n';
import { loadingProgress } from '../../sync/holdings';
import { notReady } from '../../sync/ready';
import { Progress } from '../../ui/progress';
import { Note } from '../../ui/texts';

/** Before the office is left: whether everybody on this tablet opens without a connection, and how to get there. */
export function ReadyNote() {
  const loading = loadingProgress.value;
  if (loading) return <Progress label={t('ui.on-its-way')} {...loading} />;
  const missing = notReady.value;
  if (!missing || missing.length === 0) return null;
  const isNew = missing.some(({ code }) => code === 'no-vault');
  return (
    <Note icon="info">
      <b>{t('home.not-ready')}</b>{' '}
      {isNew
        ? <>{t('home.not-ready-set-up')} <a href="/tablet/set-up">{t('app.set-up-tablet')}</a></>
        : <a href="/tablet">{t('home.not-ready-why')}</a>}
    </Note>
  );
}
