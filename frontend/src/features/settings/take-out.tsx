import { useLocation } from 'preact-iso';
import { useEffect, useState } from 'preact/hooks';
import { getExport, type Export } from '../../api/claims';
import { postOrganisationExport } from '../../api/settings';
import { t } from '../../lib/i18n';
import { failureWords } from '../../lib/problems';
import { draftAt, dropDraft, saveDraft } from '../../store/drafts';
import { currentStore } from '../../store/session';
import { announce } from '../../ui/announce';
import { Button, LinkButton } from '../../ui/button';
import { NotificationBanner } from '../../ui/notification-banner';
import { Section } from '../../ui/page';
import { Progress } from '../../ui/progress';
import { SummaryList } from '../../ui/summary-list';
import { MomentText } from '../../ui/texts';

const LOOK_EVERY_MS = 1500;
const KEY = 'take-out';

/** Everything the organisation owns, as files: asked for, made while one is elsewhere, fetched by whoever asked. */
export function TakeOut() {
  const { query, route } = useLocation();
  const [exportId, setExportId] = useState<string | null>(query['export'] ?? null);
  const [made, setMade] = useState<Export | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  useEffect(() => {
    if (!exportId) void draftAt<{ exportId: string }>(currentStore(), KEY).then(kept => kept?.exportId && setExportId(kept.exportId));
  }, []);
  useEffect(() => {
    if (!exportId) return;
    void saveDraft(currentStore(), KEY, { exportId });
    let timer: ReturnType<typeof setTimeout>;
    let gone = false;
    const look = async () => {
      const answer = await getExport(exportId);
      if (gone) return;
      if (answer.kind === 'problem' && answer.problem.status === 404) {
        // It has expired, or somebody else asked for it: one asks anew.
        await dropDraft(currentStore(), KEY);
        return setExportId(null);
      }
      setFailure(failureWords(answer));
      if (answer.kind === 'ok') setMade(answer.data);
      if (answer.kind === 'ok' && answer.data.state === 'done') return announce(t('settings.take-out-done'));
      if (answer.kind !== 'ok' || answer.data.state !== 'failed') timer = setTimeout(() => void look(), LOOK_EVERY_MS);
    };
    void look();
    return () => {
      gone = true;
      clearTimeout(timer);
    };
  }, [exportId]);

  const ask = async () => {
    setBusy(true);
    const answer = await postOrganisationExport();
    setBusy(false);
    setFailure(failureWords(answer));
    if (answer.kind !== 'ok') return;
    setMade(null);
    setExportId(answer.data.export_id);
    route(`/settings/organisation?export=${answer.data.export_id}`, true);
  };
  const isMaking = exportId !== null && made?.state !== 'done' && made?.state !== 'failed';
  return (
    <Section title={t('settings.take-out')}>
      <p class="section-lead soft">{t('settings.take-out-what')}</p>
      {failure && <NotificationBanner><p>{failure}</p></NotificationBanner>}
      {made?.state === 'failed' && <NotificationBanner><p>{t('settings.take-out-failed')}</p></NotificationBanner>}
      {isMaking && <Progress label={t('settings.take-out-making')} done={made?.done_count ?? 0} total={made?.total_count ?? 0} />}
      {made?.file_url && <File made={made} />}
      {!isMaking && (
        <div class="acts section-lead">
          {made?.file_url && <LinkButton href={made.file_url} download icon="download">{t('settings.take-out-fetch')}</LinkButton>}
          <Button second busy={busy} onClick={() => void ask()}>{t('settings.take-out-ask')}</Button>
        </div>
      )}
    </Section>
  );
}

function File({ made }: { made: Export }) {
  return (
    <SummaryList
      rows={[
        { key: t('settings.take-out-file'), value: made.file_name ?? '' },
        { key: t('settings.take-out-hash'), value: <code class="hash">{made.sha256}</code> },
        { key: t('settings.take-out-expires'), value: <MomentText at={made.expires_at} /> },
      ]}
    />
  );
}
