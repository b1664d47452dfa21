import type { Journey, JourneyLadder } from '../../api/people';
import { dayWords, timeWords } from '../../lib/dates';
import { t } from '../../lib/i18n';

/** What an adviser reads first: own words, what changed in words, what is next, when they last met. */
export function InShort({ journey }: { journey: Journey }) {
  const { in_short: short, person, ladders } = journey;
  const done = journey.timeline.filter(entry => entry.kind === 'milestone').slice(0, 3).map(entry => entry.title).filter(Boolean);
  return (
    <section class="short" aria-labelledby="short">
      <h2 id="short">{t('journey.in-short')}</h2>
      {short.own_words ? (
        <>
          <blockquote>“{short.own_words.words}”</blockquote>
          <p>{person.first_name}, {dayWords(short.own_words.occurred_on)}</p>
        </>
      ) : (
        <p>{t('journey.no-words', { name: person.first_name })}</p>
      )}
      <dl class="facts">
        {!journey.is_folded && ladders.length > 0 && <Fact name={t('journey.what-changed')} words={changeWords(ladders)} />}
        {done.length > 0 && <Fact name={t('journey.done')} words={`${done.join('. ')}.`} />}
        <Fact name={t('journey.next')} words={nextWords(journey)} />
        <Fact name={t('journey.last-met')} words={lastMetWords(journey)} />
        {person.heads_up && <Fact name={t('journey.heads-up')} words={person.heads_up} />}
      </dl>
    </section>
  );
}

function Fact({ name, words }: { name: string; words: string }) {
  return <div><dt>{name}</dt><dd>{words}</dd></div>;
}

/** "Clearly higher: confidence, experience. Going up: motivation." */
export function changeWords(ladders: readonly JourneyLadder[]): string {
  const counted = ladders.filter(ladder => !ladder.is_context);
  const sentences = (['clearly-higher', 'going-up', 'clearly-lower', 'going-down', 'about-the-same', 'not-said'] as const).flatMap(change => {
    const names = counted.filter(ladder => ladder.change === change).map(ladder => ladder.short_title.toLowerCase());
    return names.length > 0 ? [t(`journey.in-words-${change}`, { ladders: list(names) })] : [];
  });
  return sentences.length > 0 ? sentences.join(' ') : t('journey.first-time');
}

/** "a, b and c". */
function list(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : t('journey.and', { some: names.slice(0, -1).join(', '), last: names.at(-1) ?? '' });
}

function nextWords({ in_short: short }: Journey): string {
  if (short.next.length === 0) return t('journey.nothing-next');
  return short.next.slice(0, 3).map(next => {
    const day = dayWords(next.on);
    if (next.code === 'meeting') return t('journey.next-meeting', { day: next.at ? `${day}, ${timeWords(next.at)}` : day });
    if (next.code === 'plan-step') return t('journey.next-step', { words: next.words ?? t('journey.a-step'), day });
    return t(`journey.next-${next.code}`, { day });
  }).join(' ');
}

function lastMetWords({ in_short: short }: Journey): string {
  if (!short.last_met_on) return t('journey.never-met');
  const met = short.last_met_minutes
    ? t('journey.met-minutes', { day: dayWords(short.last_met_on), count: short.last_met_minutes })
    : `${dayWords(short.last_met_on)}.`;
  return short.last_tried_on && short.last_tried_on > short.last_met_on ? `${met} ${t('journey.tried', { day: dayWords(short.last_tried_on) })}` : met;
}
