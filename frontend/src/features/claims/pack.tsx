import { useRoute } from 'preact-iso';
import { getClaim, type Claim } from '../../api/claims';
import { postPack, type Export } from '../../api/exports';
import { t } from '../../lib/i18n';
import { useExport } from '../../store/use-export';
import { useKept } from '../../store/use-kept';
import { announce } from '../../ui/announce';
import { AskedFor } from '../../ui/asked';
import { Button, LinkButton } from '../../ui/button';
import { EmptyState } from '../../ui/empty-state';
import { NotificationBanner } from '../../ui/notification-banner';
import { Page } from '../../ui/page';
import { Progress } from '../../ui/progress';
import { SummaryList } from '../../ui/summary-list';
import { MomentText } from '../../ui/texts';

/** The evidence pack of a claim: asked for, made line by line while one is elsewhere, fetched by whoever asked. */
export default function Pack() {
  const { claimId = '' } = useRoute().params;
  const claim = useKept(`claim:${claimId}`, () => getClaim(claimId));
  return (
    <Page
      title={t('claims.pack-title', { label: claim.data?.label ?? '' })}
      lead={t('claims.pack-lead')}
      kind="day"
      back={{ href: `/claims/${claimId}`, words: t('claims.title') }}
    >
      <AskedFor asked={claim}>{found => <PackOf claim={found} />}</AskedFor>
    </Page>
  );
}

function PackOf({ claim }: { claim: Claim }) {
  const { isAsked, made, failure, busy, ask } = useExport({
    key: `pack:${claim.id}`,
    path: `/claims/${claim.id}/pack`,
    request: () => postPack(claim.id),
    onDone: () => announce(t('claims.pack-done')),
  });
  if (claim.state === 'draft') return <EmptyState title={t('claims.pack-draft')}>{t('claims.pack-draft-what')}</EmptyState>;
  return (
    <>
      {failure && <NotificationBanner><p>{failure}</p></NotificationBanner>}
      {!isAsked && <EmptyState title={t('claims.pack-none')} act={<Button busy={busy} onClick={ask}>{t('claims.pack-ask')}</Button>}>{t('claims.pack-holds')}</EmptyState>}
      {isAsked && !made && !failure && <p class="soft" role="status">{t('ui.on-its-way')}</p>}
      {made && <Made made={made} busy={busy} onAsk={ask} />}
    </>
  );
}

function Made({ made, busy, onAsk }: { made: Export; busy: boolean; onAsk: () => void }) {
  if (made.state === 'failed') {
    return <EmptyState title={t('claims.pack-failed')} act={<Button busy={busy} onClick={onAsk}>{t('claims.pack-again')}</Button>}>{t('claims.pack-failed-what')}</EmptyState>;
  }
  if (made.state !== 'done' || !made.file_url) {
    return (
      <div class="pack">
        <Progress label={made.state === 'waiting' ? t('claims.pack-waiting') : t('claims.pack-making')} done={made.done_count} total={made.total_count ?? 0} />
        <p class="soft">{t('claims.pack-leave')}</p>
      </div>
    );
  }
  return (
    <div class="pack">
      <SummaryList
        rows={[
          { key: t('claims.pack-file'), value: made.file_name ?? '' },
          { key: t('claims.pack-size'), value: sizeWords(made.size_bytes ?? 0) },
          { key: t('claims.pack-hash'), value: <code class="hash">{made.sha256}</code> },
          { key: t('claims.pack-asked'), value: <MomentText at={made.asked_at} /> },
          { key: t('claims.pack-expires'), value: <MomentText at={made.expires_at} /> },
        ]}
      />
      <p class="section-lead">{t('claims.pack-yours')}</p>
      <div class="acts">
        <LinkButton href={made.file_url} download icon="download">{t('claims.pack-fetch')}</LinkButton>
        <Button second busy={busy} onClick={onAsk}>{t('claims.pack-again')}</Button>
      </div>
    </div>
  );
}

/** "1.4 MB" */
function sizeWords(bytes: number): string {
  return bytes < 1_000_000 ? t('claims.kb', { size: Math.max(1, Math.round(bytes / 1000)) }) : t('claims.mb', { size: (bytes / 1_000_000).toFixed(1) });
}
