import { useRoute } from 'preact-iso';
import { useEffect, useState } from 'preact/hooks';
import { getReaders, type Readers } from '../../api/people';
import { phraseFor, t } from '../../lib/i18n';
import { failureWords } from '../../lib/problems';
import { EmptyState } from '../../ui/empty-state';
import { NotificationBanner } from '../../ui/notification-banner';
import { Page } from '../../ui/page';
import { ShowMore } from '../../ui/pager';
import { Table } from '../../ui/table';
import { MomentText } from '../../ui/texts';

/** Who has read this record, newest first: the person may ask, and this is the answer. */
export default function ReadersPage() {
  const { enrolmentId = '' } = useRoute().params;
  const { page, failure, busy, more } = useReaders(enrolmentId);
  return (
    <Page title={t('journey.readers')} lead={t('journey.readers-lead')} back={{ href: `/people/${enrolmentId}`, words: t('ui.back') }}>
      {failure && <NotificationBanner><p>{failure}</p></NotificationBanner>}
      {page && page.items.length === 0 && <EmptyState title={t('journey.no-readers')}>{t('journey.no-readers-what')}</EmptyState>}
      {page && page.items.length > 0 && (
        <Table
          caption={t('journey.readers')}
          hideCaption
          rows={page.items}
          keyOf={reader => `${reader.at}${reader.name}`}
          columns={[
            { label: t('journey.when'), cell: reader => <MomentText at={reader.at} /> },
            { label: t('journey.who'), cell: reader => reader.by ?? t('journey.the-installation') },
            { label: t('journey.organisation'), cell: reader => reader.organisation ?? '' },
            { label: t('journey.what'), cell: reader => phraseFor('journey', `read-${reader.name}`) ?? t('journey.read-a-part') },
          ]}
        />
      )}
      {page?.next && <ul class="rows"><ShowMore busy={busy} onMore={more} /></ul>}
    </Page>
  );
}

function useReaders(enrolmentId: string) {
  const [page, setPage] = useState<Readers | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const [busy, setBusy] = useState(true);
  const load = async (after: string | null) => {
    setBusy(true);
    const answer = await getReaders(enrolmentId, after);
    setBusy(false);
    setFailure(failureWords(answer));
    if (answer.kind !== 'ok') return;
    setPage(before => ({ ...answer.data, items: after && before ? [...before.items, ...answer.data.items] : answer.data.items }));
  };
  useEffect(() => void load(null), [enrolmentId]);
  return { page, failure, busy, more: () => void load(page?.next ?? null) };
}
