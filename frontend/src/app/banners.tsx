import { dayReached, dayWords, isClockBehind, momentWords, today } from '../lib/dates';
import { t } from '../lib/i18n';
import { gone, isLastDay, keptUntil } from '../store/expiry';
import { hasKey, holdsRole, isRevoked, session } from '../store/session';
import { isFull, unkept } from '../store/space';
import { goingCount, isOnline } from '../sync/outbox';
import { Banner } from '../ui/banner';
import { Button, LinkButton } from '../ui/button';
import { newVersionReady, takeNewVersion } from './updates';

/** What the app says about itself, under its header. */
export function Banners({ url }: { url: string }) {
  return (
    <div class="banners" role="status">
      {session.value.kind === 'lapsed' && (
        <Banner
          icon="lock"
          tone="needs"
          act={!url.startsWith('/sign-in') && <LinkButton second href={`/sign-in?next=${encodeURIComponent(url)}`}>{t('problems.sign-in')}</LinkButton>}
        >
          {goingCount.value > 0 ? t('app.signed-out-waits', { count: goingCount.value }) : t('problems.signed-out')}
        </Banner>
      )}
      {!isOnline.value && <Banner icon="saved">{offlineWords()}</Banner>}
      {isClockBehind() && <Banner icon="alert" tone="needs">{t('app.clock-behind', { day: dayWords(today(), dayReached()) })}</Banner>}
      {isRevoked.value && <Banner icon="needs" tone="needs">{t('app.revoked')}</Banner>}
      {unkept.value && <Banner icon="needs" tone="needs"><strong>{t('app.not-saved')}.</strong> {t(`app.unkept-${unkept.value}`)}</Banner>}
      {isFull.value && unkept.value !== 'no-room' && <Banner icon="info">{t('app.full')}</Banner>}
      {hasKey.value && !isOnline.value && keptBanner()}
      {newVersionReady.value && (
        <Banner icon="info" act={<Button second onClick={takeNewVersion}>{t('app.new-version-use')}</Button>}>
          <strong>{t('app.new-version')}</strong> {hasKey.value || session.value.kind === 'locked' ? t('app.new-version-begun') : t('app.new-version-note')}
        </Banner>
      )}
    </div>
  );
}

/** What is kept here goes after some days without a word from the server; a day before, it says so. */
function keptBanner() {
  if (gone.value) {
    const { recordUntil } = gone.value;
    return <Banner icon="info">{recordUntil ? t('app.by-reference', { until: momentWords(recordUntil) }) : t('app.by-reference-over')}</Banner>;
  }
  if (!isLastDay() || !keptUntil.value) return null;
  return <Banner icon="alert" tone="needs">{t('app.last-day', { at: momentWords(keptUntil.value) })}</Banner>;
}

function offlineWords(): string {
  if (session.value.kind === 'signed-out' || session.value.kind === 'unknown' || unkept.value) return t('app.offline');
  if (goingCount.value > 0) return t('app.offline-waits', { count: goingCount.value });
  return holdsRole('worker', 'manager') ? t('app.offline-records') : t('app.offline-reads');
}
