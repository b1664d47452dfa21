import type { Journey, JourneyLadder } from '../../api/people';
import { dayWords } from '../../lib/dates';
import { t } from '../../lib/i18n';

type Basis = NonNullable<Journey['chance']>[number];

/** What is said beside a ladder: how far each rater went, and whether chance explains it. Nothing for whoever rates. */
export function chanceWords({ chance }: Pick<JourneyLadder, 'chance'>, name: string, worker: string): string[] {
  return ([[name, chance?.participant], [worker, chance?.worker]] as const).flatMap(([who, told]) => {
    if (!told) return [];
    if (told.moved === 0) return [t('journey.chance-still', { who })];
    const way = told.moved > 0 ? 'up' : 'down';
    const by = rungs(Math.abs(told.moved));
    return [told.is_sure ? t(`journey.chance-${way}-sure`, { who, by }) : t(`journey.chance-${way}`, { who, by })];
  });
}

/** How wide the bands are, and what they rest on. */
export function bandWords({ chance, ladders, person }: Journey, worker: string): string {
  const widths = ladders.flatMap(ladder => ladder.chance?.participant?.half_width ?? []);
  if (widths.length === 0) return '';
  const [least, most] = [rungs(Math.min(...widths)), rungs(Math.max(...widths))];
  const steps = least === most ? least : t('journey.steps-between', { least, most });
  return [t('journey.band', { name: person.first_name, steps }), ...restsOn(chance ?? [], person.first_name, worker)].join(' ');
}

/** What the bands rest on: once where it is the same of both raters, else of each. */
export function restsOn(bases: readonly Basis[], name: string, worker: string): string[] {
  const told = new Map<string, string[]>();
  for (const basis of bases) {
    const said = basisWords(basis);
    told.set(said, [...(told.get(said) ?? []), basis.rater === 'participant' ? name : worker]);
  }
  return told.size === 1 ? [...told.keys()] : [...told].map(([said, whose]) => t('journey.rests-of', { who: whose.join(', '), said }));
}

function basisWords(basis: Basis): string {
  if (basis.source === null) return t('journey.rests-example');
  const said = ownWords(basis);
  return basis.is_shared ? `${said} ${t('journey.rests-shared')}` : said;
}

function ownWords({ state, pairs, is_later, valid_until }: Basis): string {
  if (is_later) return t('journey.rests-later');
  if (state === 'provisional') return t('journey.rests-provisional', { day: valid_until ? dayWords(valid_until) : '–' });
  return state === 'calibrated' ? t('journey.rests-calibrated', { count: pairs }) : t('journey.rests-few', { count: pairs });
}

/** At most one decimal, as the pictures have it. */
function rungs(value: number): string {
  return String(Math.floor(value * 10 + 0.5) / 10);
}
