import { useLocation, useRoute } from 'preact-iso';
import { useEffect, useState } from 'preact/hooks';
import { getClaim, getExport, postPack, type Claim, type Export } from '../../api/claims';
import { t } from '../../lib/i18n';
import { failureWords } from '../../lib/problems';
import { draftAt, dropDraft, saveDraft } from '../../store/drafts';
import { currentStore } from '../../store/session';
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

const LOOK_EVERY_MS = 1500;

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
  const { query, route } = useLocation();
  const [exportId, setExportId] = useState<string | null>(query['export'] ?? null);
  const [made, setMade] = useState<Export | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const key = `pack:${claim.id}`;

  useEffect(() => {
    if (!exportId) void draftAt<{ exportId: string }>(currentStore(), key).then(kept => kept?.exportId && setExportId(kept.exportId));
  }, []);
  useEffect(() => {
    if (!exportId) return;
    let timer: ReturnType<typeof setTimeout>;
    let gone = false;
    const look = async () => {
      const answer = await getExport(exportId);
      if (gone) return;
      if (answer.kind === 'ok') {
        setFailure(null);
        setMade(answer.data);
        if (answer.data.state === 'done') announce(t('claims.pack-done'));
        if (answer.data.state === 'waiting' || answer.data.state === 'running') timer = setTimeout(() => void look(), LOOK_EVERY_MS);
        return;
      }
      if (answer.kind === 'problem' && answer.problem.status === 404) {
        // It has expired, or somebody else asked for it: one asks anew.
        await dropDraft(currentStore(), key);
        setExportId(null);
        return setMade(null);
      }
      setFailure(failureWords(answer));
      timer = setTimeout(() => void look(), LOOK_EVERY_MS * 4);
    };
    void look();
    return () => {
      gone = true;
      clearTimeout(timer);
    };
  }, [exportId]);

  const ask = async () => {
    setBusy(true);
    const answer = await postPack(claim.id);
    setBusy(false);
    setFailure(failureWords(answer));
    if (answer.kind !== 'ok') return;
    setMade(null);
    setExportId(answer.data.export_id);
    await saveDraft(currentStore(), key, { exportId: answer.data.export_id });
    route(`/claims/${claim.id}/pack?export=${answer.data.export_id}`, true);
  };
  if (claim.state === 'draft') return <EmptyState title={t('claims.pack-draft')}>{t('claims.pack-draft-what')}</EmptyState>;
  return (
    <>
      {failure && <NotificationBanner><p>{failure}</p></NotificationBanner>}
      {!exportId && <EmptyState title={t('claims.pack-none')} act={<Button busy={busy} onClick={() => void ask()}>{t('claims.pack-ask')}</Button>}>{t('claims.pack-holds')}</EmptyState>}
      {exportId && !made && !failure && <p class="soft" role="status">{t('ui.on-its-way')}</p>}
      {made && <Made made={made} busy={busy} onAsk={() => void ask()} />}
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
