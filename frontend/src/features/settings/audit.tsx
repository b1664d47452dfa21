import { useEffect, useState } from 'preact/hooks';
import { getEvents, type AuditEvent } from '../../api/settings';
import type { Day } from '../../lib/dates';
import { phraseFor, t } from '../../lib/i18n';
import { failureWords } from '../../lib/problems';
import { DateInput } from '../../ui/date-input';
import { EmptyState } from '../../ui/empty-state';
import { NotificationBanner } from '../../ui/notification-banner';
import { Page } from '../../ui/page';
import { ShowMore } from '../../ui/pager';
import { Table } from '../../ui/table';
import { MomentText } from '../../ui/texts';

/** What the organisation's people did and read: ids and counts, never a person's words. */
export default function Audit() {
  const [day, setDay] = useState<Day | ''>('');
  const { events, next, busy, failure, more } = useEvents(day);
  return (
    <Page title={t('settings.audit')} lead={t('settings.audit-what')} back={{ href: '/settings', words: t('settings.title') }}>
      <DateInput name="day" label={t('settings.audit-day')} optional value={day} onInput={setDay} quick />
      {failure && <NotificationBanner><p>{failure}</p></NotificationBanner>}
      {events.length === 0 && !busy && !failure ? (
        <EmptyState title={t('settings.no-events')}>{t('settings.no-events-what')}</EmptyState>
      ) : (
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
      {next && <ul class="rows"><ShowMore busy={busy} onMore={more} /></ul>}
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

function useEvents(day: string) {
  const [events, setEvents] = useState<AuditEvent[]>([]);
  const [next, setNext] = useState<string | null>(null);
  const [busy, setBusy] = useState(true);
  const [failure, setFailure] = useState<string | null>(null);
  const load = async (after: string | null) => {
    setBusy(true);
    const answer = await getEvents(after, day);
    setBusy(false);
    setFailure(failureWords(answer));
    if (answer.kind !== 'ok') return;
    setEvents(before => (after ? [...before, ...answer.data.items] : answer.data.items));
    setNext(answer.data.next ?? null);
  };
  useEffect(() => void load(null), [day]);
  return { events, next, busy, failure, more: () => void load(next) };
}
