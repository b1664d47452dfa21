import { useState } from 'preact/hooks';
import { getEvents, type AuditEvent } from '../../api/settings';
import type { Day } from '../../lib/dates';
import { phraseFor, t } from '../../lib/i18n';
import { usePages } from '../../lib/use-pages';
import { DateInput } from '../../ui/date-input';
import { EmptyState } from '../../ui/empty-state';
import { ListState } from '../../ui/list-state';
import { Page } from '../../ui/page';
import { ShowMore } from '../../ui/pager';
import { Table } from '../../ui/table';
import { MomentText } from '../../ui/texts';

/** What the organisation's people did and read: ids and counts, never a person's words. */
export default function Audit() {
  const [day, setDay] = useState<Day | ''>('');
  const pages = usePages<AuditEvent>(`audit:${day}`, after => getEvents(after, day));
  const events = pages.items ?? [];
  return (
    <Page title={t('settings.audit')} lead={t('settings.audit-what')} back={{ href: '/settings', words: t('settings.title') }}>
      <DateInput name="day" label={t('settings.audit-day')} optional value={day} onInput={setDay} quick />
      <ListState pages={pages} />
      {pages.items?.length === 0 && <EmptyState title={t('settings.no-events')}>{t('settings.no-events-what')}</EmptyState>}
      {events.length > 0 && (
        <Table
          caption={t('settings.audit-caption')}
          hideCaption
          rows={events}
          keyOf={event => event.id}
          columns={[
            { label: t('settings.when'), cell: event => <MomentText at={event.at} /> },
            { label: t('settings.who'), cell: event => event.user_name ?? t('settings.the-installation') },
            { label: t('settings.what'), cell: event => eventWords(event) },
          ]}
        />
      )}
      {pages.hasMore && <ul class="rows"><ShowMore busy={pages.busy} onMore={pages.more} /></ul>}
    </Page>
  );
}

/** "A journey: read", "A claim: submitted": the event's name as words. */
function eventWords({ name, detail }: AuditEvent): string {
  const [thing = '', act = ''] = name.split('.');
  const words = t('audit.event', { thing: phraseFor('audit', `thing-${thing}`) ?? thing, act: phraseFor('audit', `act-${act}`) ?? act });
  const count = (detail as { count?: number }).count;
  return count === undefined ? words : `${words} (${count})`;
}
