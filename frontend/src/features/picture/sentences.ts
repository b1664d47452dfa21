import type { Picture, PictureFact, PictureLadder } from '../../api/picture';
import { dayWords, momentWords } from '../../lib/dates';
import { phraseFor, t } from '../../lib/i18n';

/** What the person said, and what they said when they began: sentences, never a number. */
export function ladderSentences(ladder: PictureLadder): string[] {
  if (ladder.said === null) {
    const before = ladder.said_first ? [t('picture.said-first', { words: ladder.said_first })] : [];
    return [t('picture.chose-not'), ...before];
  }
  const said = t('picture.said', { words: ladder.said });
  if (ladder.change === 'first-time') return [said];
  const change = phraseFor('picture', `change-${ladder.change}`) ?? '';
  if (ladder.said_first === null) return [said, t('picture.chose-not-first')];
  if (ladder.said_first === ladder.said) {
    return [said, ladder.change === 'about-the-same' ? t('picture.said-same-still') : t('picture.said-same', { change })];
  }
  return [said, t('picture.said-first', { words: ladder.said_first }), `${change}.`];
}

/** What is recorded, as one line: "The milestone “Travelled alone”, Tue 4 March". */
export function factWords(fact: PictureFact, worker: string | null): string {
  const day = dayWords(fact.occurred_on);
  if (fact.kind === 'milestone') return t('picture.fact-milestone', { title: fact.title ?? '', day });
  if (fact.kind === 'assessment') {
    if (fact.rater === 'participant') return t('picture.fact-own-rating', { day });
    return fact.rater === 'worker' ? t('picture.fact-worker-rating', { worker: workerName(worker), day }) : t('picture.fact-second-rating', { day });
  }
  const kind = phraseFor('picture', `fact-${fact.kind}`) ?? fact.kind;
  return t('picture.fact', { kind, day });
}

/** The worker's first name, or who they are where there is none. */
export function workerName(worker: string | null): string {
  return worker ?? t('picture.your-worker');
}

/** One thing that comes next. */
export function nextWords(next: Picture['next'][number], worker: string | null): string {
  if (next.code === 'meeting' && next.at) return t('picture.next-meeting', { worker: workerName(worker), when: momentWords(next.at) });
  const day = dayWords(next.on);
  if (next.code === 'plan-step') return t('picture.next-step', { words: next.words ?? '', day });
  return t('picture.next-rating', { day });
}

/** The whole page as it is read aloud. */
export function readingOf(picture: Picture): string {
  const parts = [
    t('picture.title-own', { name: picture.first_name }),
    ...picture.ladders.flatMap(ladder => [`${ladder.title}.`, ...ladderSentences(ladder)]),
    ...picture.own_words.map(one => t('picture.in-your-words', { words: one.words })),
    ...(picture.goal ? [t('picture.goal-is', { goal: picture.goal })] : []),
    ...picture.next.map(next => nextWords(next, picture.worker)),
  ];
  return parts.join(' ');
}
