import { postOrganisationExport, type Export } from '../../api/exports';
import { t } from '../../lib/i18n';
import { useExport } from '../../store/use-export';
import { announce } from '../../ui/announce';
import { Button, LinkButton } from '../../ui/button';
import { NotificationBanner } from '../../ui/notification-banner';
import { Section } from '../../ui/page';
import { Progress } from '../../ui/progress';
import { SummaryList } from '../../ui/summary-list';
import { MomentText } from '../../ui/texts';

/** Everything the organisation owns, as files: asked for, made while one is elsewhere, fetched by whoever asked. */
export function TakeOut() {
  const { isAsked, made, failure, busy, ask } = useExport({
    key: 'take-out',
    path: '/settings/organisation',
    request: postOrganisationExport,
    onDone: () => announce(t('settings.take-out-done')),
  });
  const isMaking = isAsked && made?.state !== 'done' && made?.state !== 'failed';
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
          <Button second busy={busy} onClick={ask}>{t('settings.take-out-ask')}</Button>
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
