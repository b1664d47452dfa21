import { useState } from 'preact/hooks';
import { getCalibrations, postRoutineCalibration, type Calibration, type CalibrationStanding } from '../../api/calibrations';
import { getInstruments, type Instrument } from '../../api/settings';
import { dayWords } from '../../lib/dates';
import { language, t } from '../../lib/i18n';
import { failureWords } from '../../lib/problems';
import { useAnswer } from '../../lib/use-answer';
import { currentSession, holdsRole } from '../../store/session';
import { announce } from '../../ui/announce';
import { AskedFor } from '../../ui/asked';
import { Button, LinkButton } from '../../ui/button';
import { Confirm } from '../../ui/dialog';
import { EmptyState } from '../../ui/empty-state';
import { NotificationBanner } from '../../ui/notification-banner';
import { Page, Section } from '../../ui/page';
import { Tag } from '../../ui/state-word';
import { Table } from '../../ui/table';
import { Estimates } from './calibration-estimates';
import { keyOf, languageWords, PAIRS_ENOUGH, setWords } from './calibration-words';

/** How far ratings wobble by themselves: each version, rater and language, and what may rest on it. */
export default function Calibrations() {
  const found = useAnswer('calibrations', getCalibrations);
  const instruments = useAnswer('instruments', getInstruments).data?.items ?? [];
  return (
    <Page
      title={t('calibrations.title')} lead={t('calibrations.lead')}
      back={{ href: '/settings', words: t('settings.title') }}
    >
      <AskedFor asked={found}>
        {({ items, signed }) => (
          <>
            {items.length === 0 && <EmptyState title={t('calibrations.none')}>{t('calibrations.none-what')}</EmptyState>}
            {grouped(items).map(group => <Standings key={keyOf(group[0])} standings={group} instruments={instruments} onSigned={found.reload} />)}
            {signed.length > 0 && (
              <Section title={t('calibrations.signed')} count={signed.length} says={t('calibrations.newest-first')}>
                <Table
                  caption={t('calibrations.signed-caption')} hideCaption rows={signed} keyOf={one => one.id}
                  columns={[
                    { label: t('calibrations.rater'), cell: one => `${t(`calibrations.rater-${one.rater}`)}, ${languageWords(one.language)}` },
                    { label: t('calibrations.source'), cell: one => `${t(`calibrations.source-${one.source}`)}, ${t('calibrations.version', { version: one.version })}` },
                    { label: t('calibrations.ladders'), cell: one => signedSet(one, instruments) },
                    { label: 'sd', cell: one => one.sd, numeric: true },
                    { label: t('calibrations.r'), cell: one => `${one.r} / ${one.r_lower}`, numeric: true },
                    { label: t('calibrations.pairs'), cell: one => one.n, numeric: true },
                    { label: t('calibrations.from'), cell: one => dayWords(one.valid_from) },
                    { label: t('calibrations.until'), cell: one => (one.valid_until ? dayWords(one.valid_until) : t('calibrations.open')) },
                    { label: t('calibrations.reference'), cell: one => one.reference },
                  ]}
                />
              </Section>
            )}
          </>
        )}
      </AskedFor>
    </Page>
  );
}

/** Of which version and ladders signed figures are: one by its title, several by their number. */
function signedSet({ instrument_id, ladders }: Calibration, instruments: readonly Instrument[]): string {
  const found = instruments.find(one => one.id === instrument_id);
  const only = ladders[0] ?? '';
  const set = ladders.length === 1
    ? found?.renderings[language.value]?.ladders[only]?.title ?? found?.ladders.find(one => one.code === only)?.title ?? only
    : t('calibrations.ladder-count', { count: ladders.length });
  return found ? `${t('calibrations.of', { instrument: titleOf(found), version: found.version })}: ${set}` : set;
}

/** An instrument's title in the reader's language, where it has one. */
function titleOf(instrument: Instrument): string {
  return instrument.renderings[language.value]?.title ?? instrument.title;
}

/** Those of one commissioner and instrument version together, in the order of the server. */
function grouped(items: readonly CalibrationStanding[]): [CalibrationStanding, ...CalibrationStanding[]][] {
  const groups = new Map<string, [CalibrationStanding, ...CalibrationStanding[]]>();
  for (const one of items) {
    const key = `${one.commissioner_id}:${one.instrument_id}`;
    const known = groups.get(key);
    if (known) known.push(one);
    else groups.set(key, [one]);
  }
  return [...groups.values()];
}

interface StandingsProps {
  standings: readonly [CalibrationStanding, ...CalibrationStanding[]];
  instruments: readonly Instrument[];
  onSigned: () => void;
}

function Standings({ standings, instruments, onSigned }: StandingsProps) {
  const [first] = standings;
  const found = instruments.find(one => one.id === first.instrument_id);
  const instrument = found ? titleOf(found) : first.instrument;
  const [asking, setAsking] = useState<CalibrationStanding | null>(null);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const signs = holdsRole('administrator') && currentSession().membership.organisation.id === first.commissioner_id;
  const adopt = async () => {
    if (!asking) return;
    setBusy(true);
    const { instrument_id, rater, language } = asking;
    const answer = await postRoutineCalibration({ instrument_id, rater, language, ladders: null });
    setBusy(false);
    setAsking(null);
    setFailure(answer.kind === 'ok' ? null : failureWords(answer));
    if (answer.kind === 'ok') {
      announce(t('calibrations.signed-now'));
      onSigned();
    }
  };
  return (
    <Section title={t('calibrations.of', { instrument, version: first.instrument_version })} says={first.commissioner}>
      {failure && <NotificationBanner><p>{failure}</p></NotificationBanner>}
      <Table
        caption={t('calibrations.caption', { instrument, commissioner: first.commissioner })} hideCaption rows={standings} keyOf={keyOf}
        columns={[
          { label: t('calibrations.rater'), cell: one => `${t(`calibrations.rater-${one.rater}`)}, ${languageWords(one.language)}` },
          { label: t('calibrations.state'), cell: one => <Tag>{t(`calibrations.state-${one.state}`)}</Tag> },
          { label: t('calibrations.rests-on'), cell: one => restsOn(one) },
          { label: t('calibrations.ladders'), cell: one => setWords(one) },
          { label: 'sd', cell: one => one.in_force?.sd ?? '–', numeric: true },
          { label: t('calibrations.r'), cell: one => (one.in_force ? `${one.in_force.r} / ${one.in_force.r_lower}` : '–'), numeric: true },
          { label: t('calibrations.pairs-now'), cell: one => t('calibrations.of-enough', { count: one.pairs, enough: PAIRS_ENOUGH }), numeric: true },
          { label: t('calibrations.until'), cell: one => (one.in_force ? (one.in_force.valid_until ? dayWords(one.in_force.valid_until) : t('calibrations.open')) : '–') },
          ...(signs ? [{
            label: t('calibrations.acts'),
            cell: (one: CalibrationStanding) => one.pairs >= PAIRS_ENOUGH
              ? <Button second onClick={() => setAsking(one)}>{t('calibrations.adopt')}</Button>
              : t('calibrations.too-few'),
          }] : []),
        ]}
      />
      {signs && (
        <p class="section-lead">
          <LinkButton second href={`/settings/calibrations/sign?instrument=${first.instrument_id}`}>{t('calibrations.sign-title')}</LinkButton>
        </p>
      )}
      <Estimates standings={standings} />
      <Confirm
        open={asking !== null} title={t('calibrations.adopt-question')} confirm={t('calibrations.adopt')} busy={busy}
        onConfirm={() => void adopt()} onClose={() => setAsking(null)}
      >
        <p>{t('calibrations.adopt-what', { count: asking?.pairs ?? 0 })}</p>
      </Confirm>
    </Section>
  );
}

function restsOn({ in_force, state }: CalibrationStanding): string {
  if (!in_force) return t('calibrations.nothing');
  const source = t(`calibrations.source-${in_force.source}`);
  return state === 'shadow' ? t('calibrations.few-pairs', { source }) : source;
}
