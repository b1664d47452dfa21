import type { Journey, JourneyLadder, JourneySitting } from '../../api/people';
import { ladderOverTime, type Axis, type Panel } from '../../lib/charts';
import { daysBetween, dayWords } from '../../lib/dates';
import { t } from '../../lib/i18n';
import { Details } from '../../ui/details';
import { Drawing } from '../../ui/drawing';
import { Section } from '../../ui/page';
import { Table } from '../../ui/table';
import { bandWords, chanceWords } from './chance';
import { workerName } from './ladders';

const BASELINES = ['baseline', 'second-baseline'];

/** Each ladder over time, all on the same scale; for whoever oversees, with the band that chance alone could fill. */
export function OverTime({ journey }: { journey: Journey }) {
  const sittings = journey.sittings.filter(sitting => !sitting.is_sealed);
  const ladders = journey.ladders.filter(ladder => !ladder.is_context);
  const [first] = sittings;
  if (sittings.length < 2 || !first || ladders.length === 0) return null;
  const axis = axisOf(journey, sittings, first);
  return (
    <Section title={t('journey.over-time')} says={t('journey.same-scale')}>
      <p class="key">
        {t('journey.over-time-key', { name: journey.person.first_name, worker: workerName(journey) })}
        {journey.chance && ` ${bandWords(journey, workerName(journey))}`}
      </p>
      <ul class="smalls">
        {ladders.map(ladder => (
          <li key={ladder.code}>
            <h3 class="hidden">{ladder.title}</h3>
            <Drawing svg={ladderOverTime(panelOf(ladder, sittings), axis)} />
            {chanceWords(ladder, journey.person.first_name, workerName(journey)).map(words => <p key={words} class="smalls__says">{words}</p>)}
          </li>
        ))}
      </ul>
      <Details summary={t('journey.as-table')}><OverTimeTable journey={journey} ladders={ladders} sittings={sittings} /></Details>
    </Section>
  );
}

function axisOf(journey: Journey, sittings: readonly JourneySitting[], first: JourneySitting): Axis {
  const month = (day: string) => dayWords(day, day).split(' ').slice(2).join(' ');
  const review = journey.in_short.next.find(next => next.code === 'review')?.on;
  return {
    days: sittings.map(sitting => daysBetween(first.occurred_on, sitting.occurred_on)),
    first: month(first.occurred_on),
    last: month(review ?? sittings.at(-1)?.occurred_on ?? first.occurred_on),
    due: review ? daysBetween(first.occurred_on, review) : null,
  };
}

function scoresOf(code: string, rater: string, sittings: readonly JourneySitting[]): (number | null)[] {
  return sittings.map(sitting => sitting.assessments.find(one => one.rater === rater)?.scores[code] ?? null);
}

function panelOf(ladder: JourneyLadder, sittings: readonly JourneySitting[]): Panel {
  const began = ladder.participant.began;
  const half = ladder.chance?.participant?.half_width;
  return {
    title: ladder.short_title,
    said: ladder.change === 'clearly-higher' || ladder.change === 'clearly-lower' ? t(`journey.panel-${ladder.change}`) : '',
    person: scoresOf(ladder.code, 'participant', sittings),
    worker: scoresOf(ladder.code, 'worker', sittings),
    band: began === null || half === undefined ? null : [began - half, began + half],
  };
}

interface OverTimeTableProps {
  journey: Journey;
  ladders: readonly JourneyLadder[];
  sittings: readonly JourneySitting[];
}

function OverTimeTable({ journey, ladders, sittings }: OverTimeTableProps) {
  const [name, worker] = [journey.person.first_name, workerName(journey)];
  const cell = (code: string, sitting: JourneySitting) => {
    const [own, other] = ['participant', 'worker'].map(rater => scoresOf(code, rater, [sitting])[0] ?? '–');
    return `${own} / ${other}`;
  };
  return (
    <Table
      caption={t('journey.over-time-caption', { name, worker })}
      rows={ladders}
      keyOf={ladder => ladder.code}
      columns={[
        { label: t('journey.ladder'), cell: ladder => ladder.title },
        ...(journey.chance ? [{ label: t('journey.in-words'), cell: (ladder: JourneyLadder) => chanceWords(ladder, name, worker).join(' ') || '–' }] : []),
        ...sittings.map(sitting => ({
          label: `${BASELINES.includes(sitting.kind) ? t('journey.baseline') : t('journey.review')} ${dayWords(sitting.occurred_on)}`,
          numeric: true,
          cell: (ladder: JourneyLadder) => cell(ladder.code, sitting),
        })),
      ]}
    />
  );
}
