import { useRoute } from 'preact-iso';
import type { Journey } from '../../api/people';
import { dayWords } from '../../lib/dates';
import { phraseFor, t } from '../../lib/i18n';
import { currentSession, holdsRole } from '../../store/session';
import { counts } from '../../sync/outbox';
import { Button, LinkButton } from '../../ui/button';
import { NotificationBanner } from '../../ui/notification-banner';
import { Page } from '../../ui/page';
import { RecordMenu } from '../../ui/record-menu';
import { OutboxSays } from '../../ui/recorded';
import { Arrangements, Needed, Plan } from './aside';
import { InShort } from './in-short';
import { Ladders } from './ladders';
import { OverTime } from './over-time';
import { History } from './history';
import { NotSent } from './not-sent';
import { useJourney } from './use-journey';

const STARTED = ['started', 'paused', 'ended'];
const LIVE = ['referred', 'accepted', 'started', 'paused'];

/** One person's journey on one screen: own words, what changed, what is next, who does what. */
export default function JourneyPage() {
  const { enrolmentId = '' } = useRoute().params;
  const { journey, failure } = useJourney(enrolmentId);
  const back = { href: '/people', words: t('journey.back') };
  if (!journey) {
    return (
      <Page title={t('journey.title')} back={back}>
        {failure ? <NotificationBanner><p>{failure}</p></NotificationBanner> : <p class="soft" role="status">{t('ui.on-its-way')}</p>}
      </Page>
    );
  }
  if (journey.is_bare) return <ByReference journey={journey} back={back} />;
  const records = holdsRole('worker', 'manager');
  const hasStarted = STARTED.includes(journey.enrolment.state);
  return (
    <Page
      title={journey.person.short_name}
      reference={journey.person.reference}
      lead={leadOf(journey)}
      back={back}
      primary={records && LIVE.includes(journey.enrolment.state) ? <RecordMenu enrolmentId={enrolmentId} state={journey.enrolment.state} /> : undefined}
      beside={
        <>
          <LinkButton second icon="print" download href={`/api/journeys/${enrolmentId}.pdf`}>{t('journey.pdf')}</LinkButton>
          <Button second onClick={() => print()}>{t('journey.print')}</Button>
        </>
      }
      says={holdsRole('worker') ? <OutboxSays counts={counts.value} /> : undefined}
    >
      <div class="journey">
        <InShort journey={journey} />
        {hasStarted && <Ladders journey={journey} />}
        {hasStarted && !journey.is_folded && <OverTime journey={journey} />}
        {records && <NotSent enrolmentId={enrolmentId} />}
        <History journey={journey} />
        <div class="aside">
          <Needed journey={journey} />
          <Plan journey={journey} />
          {records && <Arrangements journey={journey} />}
          <div class="links">
            {journey.corrections.length > 0 && (
              <a href={`/people/${enrolmentId}/corrections`}>{t('journey.corrections', { count: journey.corrections.length })}</a>
            )}
            {records && hasStarted && <a href={`/people/${enrolmentId}/picture`}>{t('journey.picture')}</a>}
            <a href={`/people/${enrolmentId}/readers`}>{t('journey.readers')}</a>
            <a href={`/api/journeys/${enrolmentId}.pdf?print=large`} download>{t('journey.pdf-large')}</a>
          </div>
        </div>
      </div>
    </Page>
  );
}

/** Kept too long without a connection, a journey tells nothing; one goes on recording about whoever it is. */
function ByReference({ journey, back }: { journey: Journey; back: { href: string; words: string } }) {
  const { enrolment_id: id, enrolment, person } = journey;
  return (
    <Page
      title={person.reference}
      back={back}
      primary={<RecordMenu enrolmentId={id} state={enrolment.state} />}
      says={<OutboxSays counts={counts.value} />}
    >
      <NotificationBanner><p>{t('journey.by-reference')}</p></NotificationBanner>
      <NotSent enrolmentId={id} />
    </Page>
  );
}

/** "Hopeworks with Northway, since Mon 4 Nov · key worker Amina O." */
function leadOf({ enrolment }: Journey): string {
  const isOwn = enrolment.worker_id === currentSession().user.id;
  const where = enrolment.provider === enrolment.prime
    ? enrolment.provider
    : t('journey.with', { provider: enrolment.provider, prime: enrolment.prime });
  const stands = phraseFor('people', `state-${enrolment.state}`) ?? enrolment.state;
  const since = enrolment.started_on
    ? t('journey.since', { day: dayWords(enrolment.started_on) }) + (enrolment.state === 'started' ? '' : ` · ${stands}`)
    : stands;
  const who = isOwn ? t('journey.your-person') : enrolment.worker ? t('journey.key-worker', { name: enrolment.worker }) : t('journey.no-worker');
  return `${where}, ${since} · ${who}`;
}
