import { useRoute } from 'preact-iso';
import { getReaders } from '../../api/people';
import { phraseFor, t } from '../../lib/i18n';
import { usePages } from '../../lib/use-pages';
import { EmptyState } from '../../ui/empty-state';
import { ListState } from '../../ui/list-state';
import { Page } from '../../ui/page';
import { ShowMore } from '../../ui/pager';
import { Table } from '../../ui/table';
import { MomentText } from '../../ui/texts';

/** Who has read this record, newest first: the person may ask, and this is the answer. */
export default function ReadersPage() {
  const { enrolmentId = '' } = useRoute().params;
  const pages = usePages(enrolmentId, after => getReaders(enrolmentId, after));
  const readers = pages.items ?? [];
  return (
    <Page title={t('journey.readers')} lead={t('journey.readers-lead')} back={{ href: `/people/${enrolmentId}`, words: t('ui.back') }}>
      <ListState pages={pages} />
      {pages.items?.length === 0 && <EmptyState title={t('journey.no-readers')}>{t('journey.no-readers-what')}</EmptyState>}
      {readers.length > 0 && (
        <Table
          caption={t('journey.readers')}
          hideCaption
          rows={readers}
          keyOf={reader => `${reader.at}${reader.name}`}
          columns={[
            { label: t('journey.when'), cell: reader => <MomentText at={reader.at} /> },
            { label: t('journey.who'), cell: reader => reader.by ?? t('journey.the-installation') },
            { label: t('journey.organisation'), cell: reader => reader.organisation ?? '' },
            { label: t('journey.what'), cell: reader => phraseFor('journey', `read-${reader.name}`) ?? t('journey.read-a-part') },
          ]}
        />
      )}
      {pages.hasMore && <ul class="rows"><ShowMore busy={pages.busy} onMore={pages.more} /></ul>}
    </Page>
  );
}
