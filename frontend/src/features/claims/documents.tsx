import type { Claim } from '../../api/claims';
import { t } from '../../lib/i18n';
import { holdsRole } from '../../store/session';
import { Icon } from '../../ui/icon';

/** The claim on paper, as a table, and with everything it rests on. */
export function Documents({ claim }: { claim: Claim }) {
  const link = (href: string, words: string) => <a class="quiet" href={href} download><Icon name="download" /> {words}</a>;
  return (
    <p class="documents">
      {link(`/api/claims/${claim.id}/schedule.pdf`, t('claims.schedule-pdf'))}
      {link(`/api/claims/${claim.id}/schedule.csv`, t('claims.schedule-csv'))}
      {holdsRole('claims-preparer', 'claims-approver') && <a class="quiet" href={`/claims/${claim.id}/pack`}><Icon name="box" /> {t('claims.pack')}</a>}
    </p>
  );
}
