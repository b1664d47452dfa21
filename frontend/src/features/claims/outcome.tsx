import type { Claim, LeftOut } from '../../api/claims';
import { t } from '../../lib/i18n';
import { NotificationBanner } from '../../ui/notification-banner';

/** What an act on the bench did, and what it named and left out. */
export interface Done {
  words: string;
  leftOut: readonly LeftOut[];
  /** It was refused; nothing changed. */
  isRefusal?: boolean;
}

/** What was just done stays in view: in words, with each line that was left out and why. */
export function Outcome({ done, claim }: { done: Done | null; claim: Claim | null }) {
  const warnings = claim && claim.state !== 'draft' ? claim.warnings : [];
  return (
    <>
      {done && (
        <NotificationBanner {...(done.isRefusal ? {} : { tone: 'success' as const })}>
          <p>{done.words}</p>
          {done.leftOut.length > 0 && (
            <>
              <p><strong>{t('claims.left-out-count', { count: done.leftOut.length })}</strong></p>
              <ul class="left-out">
                {done.leftOut.map(one => <li key={one.entitlement_id}><span class="ref">{one.person}</span> {one.rate_code}: {one.words}</li>)}
              </ul>
            </>
          )}
        </NotificationBanner>
      )}
      {warnings.length > 0 && (
        <NotificationBanner>
          <p><strong>{t('claims.warning', { count: warnings.length })}</strong> {t('claims.warning-what')}</p>
          <ul class="left-out">{warnings.map(line => <li key={line.id}>{line.label} <span class="ref">{line.person}</span></li>)}</ul>
        </NotificationBanner>
      )}
    </>
  );
}
