import { getInstruments, postInstruments } from '../../api/settings';
import { t } from '../../lib/i18n';
import { useAnswer } from '../../lib/use-answer';
import { AskedFor } from '../../ui/asked';
import { Details } from '../../ui/details';
import { EmptyState } from '../../ui/empty-state';
import { Page, Section } from '../../ui/page';
import { Table } from '../../ui/table';
import { YamlForm } from './yaml-form';

/** The sets of ladders people can be asked with, and the places for licensed tools' scores. */
export default function Instruments() {
  const instruments = useAnswer('instruments', getInstruments);
  return (
    <Page
      title={t('settings.instruments')}
      kind="day"
      back={{ href: '/settings', words: t('settings.title') }}
      lead={instruments.data && t('settings.instruments-count', { count: instruments.data.count })}
    >
      <AskedFor asked={instruments}>
        {({ items }) => (
          <>
            {items.length === 0 && <EmptyState title={t('settings.no-instruments')}>{t('settings.no-instruments-what')}</EmptyState>}
            {items.map(instrument => (
              <Section key={instrument.id} title={t('settings.card-version', { title: instrument.title, version: instrument.version })}>
                <p class="section-lead">
                  {t('settings.licence', { licence: instrument.licence, credit: instrument.credit })}{' '}
                  {instrument.kind === 'score-only' && t('settings.score-only')}
                </p>
                {instrument.ladders.map(ladder => (
                  <Details key={ladder.code} summary={ladder.title}>
                    <p>{ladder.question}</p>
                    <Table
                      caption={t('settings.anchors-of', { ladder: ladder.title })}
                      hideCaption
                      rows={Object.entries(ladder.anchors as Record<string, string>)}
                      keyOf={([rung]) => rung}
                      columns={[
                        { label: t('settings.rung'), cell: ([rung]) => rung },
                        { label: t('settings.anchor'), cell: ([, words]) => words },
                      ]}
                    />
                  </Details>
                ))}
              </Section>
            ))}
          </>
        )}
      </AskedFor>
      <Section title={t('settings.load-instruments')}>
        <YamlForm hint={t('settings.instruments-hint')} load={postInstruments} onLoaded={instruments.reload} />
      </Section>
    </Page>
  );
}
