import type { Journey, JourneyLadder } from '../../api/people';
import { dayWords } from '../../lib/dates';
import { pairedDots, scaleMarks, type Track } from '../../lib/charts';
import { phraseFor, t } from '../../lib/i18n';
import { Details } from '../../ui/details';
import { Drawing } from '../../ui/drawing';
import { EmptyState } from '../../ui/empty-state';
import { Icon } from '../../ui/icon';
import { Section } from '../../ui/page';
import { Table } from '../../ui/table';
import { chanceWords } from './chance';

const BASELINES = ['baseline', 'second-baseline'];

/** Where somebody began and where they are, both raters, in words beside. Folded away while a fresh rating is near. */
export function Ladders({ journey }: { journey: Journey }) {
  const title = t('journey.began-now', { name: journey.person.first_name });
  const ladders = journey.ladders.filter(ladder => !ladder.is_context);
  // Kept for a place without a connection, the journey of somebody near a review holds no score at all.
  if (ladders.length === 0 && journey.scores_hidden_until_rated && journey.sittings.some(sitting => !sitting.is_sealed)) {
    return (
      <Section title={title}>
        <div class="fold"><Icon name="eye" /><p><b>{t('journey.folded')}</b> {t('journey.folded-why')}</p></div>
      </Section>
    );
  }
  if (ladders.length === 0) {
    return (
      <Section title={title}>
        <EmptyState title={t('journey.not-rated')}>{waitingWords(journey)}</EmptyState>
      </Section>
    );
  }
  if (!journey.is_folded) return <Section title={title} says={t('journey.rungs', { count: ladders.length })}><Pairs journey={journey} ladders={ladders} /></Section>;
  return (
    <Section title={title}>
      <div class="fold">
        <Icon name="eye" />
        <div>
          <p><b>{t('journey.folded')}</b> {t('journey.folded-why')}</p>
          <Details summary={t('journey.asks-to-see', { name: journey.person.first_name })}><Pairs journey={journey} ladders={ladders} /></Details>
        </div>
      </div>
    </Section>
  );
}

function waitingWords({ sittings, person }: Journey): string {
  const open = sittings.find(sitting => sitting.is_sealed);
  if (!open) return t('journey.not-rated-what', { name: person.first_name });
  return open.raters.includes('participant') ? t('journey.sealed-worker') : t('journey.sealed-participant', { name: person.first_name });
}

/** The worker's name, as the pictures call the second line. */
export function workerName({ enrolment }: Journey): string {
  return enrolment.worker?.split(' ')[0] ?? t('journey.worker');
}

function Pairs({ journey, ladders }: { journey: Journey; ladders: readonly JourneyLadder[] }) {
  const [name, worker] = [journey.person.first_name, workerName(journey)];
  return (
    <>
      <p class="key">{keyWords(journey, name, worker)}</p>
      <ul class="rows">
        <li class="pair pair__axis" aria-hidden="true"><div /><div class="pair__two"><span /><Drawing svg={scaleMarks()} kind="compare__axis" /></div></li>
        {ladders.map(ladder => (
          <li key={ladder.code} class={ladder.change === 'clearly-higher' ? 'pair pair--moved' : 'pair'}>
            <div>
              <h3>{ladder.title}</h3>
              <p>{ladderWords(ladder, name, worker)}</p>
              {chanceWords(ladder, name, worker).map(words => <p key={words}>{words}</p>)}
            </div>
            <div class="pair__two">
              <p class="pair__numbers"><b>{name}</b> {numbers(ladder.participant)}<br />{worker} {numbers(ladder.worker)}</p>
              <Drawing svg={pairedDots(trackOf(ladder, 'participant'), trackOf(ladder, 'worker'))} kind="compare__dots" />
            </div>
          </li>
        ))}
      </ul>
      <Details summary={t('journey.as-table')}><PairTable ladders={ladders} name={name} worker={worker} /></Details>
    </>
  );
}

function keyWords({ sittings, chance }: Journey, name: string, worker: string): string {
  const open = sittings.filter(sitting => !sitting.is_sealed);
  const began = open.filter(sitting => BASELINES.includes(sitting.kind));
  const last = open.at(-1);
  const from = (began.length > 0 ? began : open.slice(0, 1)).map(sitting => dayWords(sitting.occurred_on)).join(` ${t('journey.and-word')} `);
  const key = t('journey.key', { from, now: last ? dayWords(last.occurred_on) : '–', name, worker });
  return chance ? `${key} ${t('journey.key-thick')}` : key;
}

/** A thick line is more than chance: only whoever is told what chance explains sees one. */
function trackOf(ladder: JourneyLadder, rater: 'participant' | 'worker'): Track {
  const { began, now } = ladder[rater];
  return { began, now, sure: ladder.chance?.[rater]?.is_sure ?? false };
}

function numbers({ began, now }: JourneyLadder['participant']): string {
  return `${began ?? '–'} → ${now ?? '–'}`;
}

/** What both raters say of a ladder: together where they agree, each where they do not. */
export function ladderWords(ladder: JourneyLadder, name: string, worker: string): string {
  const [own, other] = [ladder.participant.change, ladder.worker.change];
  const words = (change: string) => phraseFor('journey', `change-${change}`) ?? change;
  if (own === other) return own === 'clearly-higher' ? t('journey.both-say', { change: words(own) }) : `${words(own)}.`;
  return t('journey.each-says', { name, own: words(own).toLowerCase(), worker, other: words(other).toLowerCase() });
}

function PairTable({ ladders, name, worker }: { ladders: readonly JourneyLadder[]; name: string; worker: string }) {
  const said = (value: number | null) => value ?? t('journey.not-said');
  return (
    <Table
      caption={t('journey.table-caption')}
      hideCaption
      rows={ladders}
      keyOf={ladder => ladder.code}
      columns={[
        { label: t('journey.ladder'), cell: ladder => ladder.title },
        { label: t('journey.in-words'), cell: ladder => [ladderWords(ladder, name, worker), ...chanceWords(ladder, name, worker)].join(' ') },
        { label: t('journey.began', { name }), numeric: true, cell: ladder => said(ladder.participant.began) },
        { label: t('journey.now', { name }), numeric: true, cell: ladder => said(ladder.participant.now) },
        { label: t('journey.began', { name: worker }), numeric: true, cell: ladder => said(ladder.worker.began) },
        { label: t('journey.now', { name: worker }), numeric: true, cell: ladder => said(ladder.worker.now) },
      ]}
    />
  );
}
