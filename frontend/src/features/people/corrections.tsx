import { useRoute } from 'preact-iso';
import { dayWords } from '../../lib/dates';
import { phraseFor, t } from '../../lib/i18n';
import { EmptyState } from '../../ui/empty-state';
import { NotificationBanner } from '../../ui/notification-banner';
import { Page } from '../../ui/page';
import { Table } from '../../ui/table';
import { MomentText } from '../../ui/texts';
import { useJourney } from './use-journey';

/** What was put right or taken back, by whom and why; both versions are kept. */
export default function Corrections() {
  const { enrolmentId = '' } = useRoute().params;
  const { journey, failure } = useJourney(enrolmentId);
  return (
    <Page
      title={t('journey.corrections-title')}
      reference={journey?.person.reference}
      lead={t('journey.corrections-lead')}
      back={{ href: `/people/${enrolmentId}`, words: journey ? t('ui.back-to', { name: journey.person.short_name }) : t('ui.back') }}
    >
      {failure && <NotificationBanner><p>{failure}</p></NotificationBanner>}
      {!journey && !failure && <p class="soft" role="status">{t('ui.on-its-way')}</p>}
      {journey?.corrections.length === 0 && <EmptyState title={t('journey.no-corrections')}>{t('journey.no-corrections-what')}</EmptyState>}
      {journey && journey.corrections.length > 0 && (
        <Table
          caption={t('journey.corrections-title')}
          hideCaption
          rows={journey.corrections}
          keyOf={correction => correction.record_id}
          columns={[
            { label: t('journey.when'), cell: correction => <MomentText at={correction.corrected_at} /> },
            { label: t('journey.what'), cell: correction => phraseFor('journey', `kind-${correction.kind}`) ?? correction.kind },
            {
              label: t('journey.how'),
              cell: correction => correction.is_withdrawn
                ? t('journey.taken-back', { day: dayWords(correction.was_on) })
                : correction.was_on === correction.occurred_on
                  ? t('journey.put-right')
                  : t('journey.day-changed', { was: dayWords(correction.was_on), now: dayWords(correction.occurred_on) }),
            },
            { label: t('journey.why'), cell: correction => correction.reason ?? '' },
            { label: t('journey.by-whom'), cell: correction => correction.by },
          ]}
        />
      )}
    </Page>
  );
}
