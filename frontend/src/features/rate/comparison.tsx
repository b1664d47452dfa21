import { useRef } from 'preact/hooks';
import type { Ladder } from '../../api/library';
import { dayWords } from '../../lib/dates';
import { pairedDots, scaleMarks } from '../../lib/charts';
import { t } from '../../lib/i18n';
import { Button, QuietButton } from '../../ui/button';
import { Drawing } from '../../ui/drawing';
import { Section, usePageTitle } from '../../ui/page';
import { changeOf, changes, seenDifferently, type Change } from './change';
import { Frame } from './frame';
import type { Beginning, Rater, Scores, Words } from './sitting';

const ORDER: readonly Change[] = ['clearly-higher', 'going-up', 'about-the-same', 'going-down', 'clearly-lower', 'first-time', 'not-said'];

export interface ComparisonProps {
  name: string;
  worker: string;
  ladders: readonly Ladder[];
  now: Record<Rater, Scores>;
  /** What each said in words, where it was said on this device. */
  said: Partial<Record<Rater, Words>>;
  /** Where they began, and when; null at the first rating, or where it is not on this device. */
  began: Beginning | null;
  /** Whether there is a beginning that is not on this device now. */
  isHidden: boolean;
  /** Go on to what both agree to do. */
  onAgree: () => void;
  /** Look at it with them. */
  onPicture: () => void;
  onFinish: () => void;
}

/** Both have rated: what changed in words, then the pictures, then what to agree on. */
export function Comparison(props: ComparisonProps) {
  const { name, worker, ladders, now, said, began, isHidden, onAgree, onPicture, onFinish } = props;
  const heading = useRef<HTMLHeadingElement>(null);
  const title = began ? t('rate.changed-title') : t('rate.first-title');
  usePageTitle(title, heading);
  const differently = seenDifferently(ladders, now.participant, now.worker);
  return (
    <Frame
      turn={t('rate.together')}
      bar={
        <>
          <div><QuietButton onClick={onFinish}>{t('rate.close')}</QuietButton></div>
          <Button second big onClick={onPicture}>{t('rate.picture')}</Button>
          <Button big grow onClick={onAgree}>{t('rate.agree')}</Button>
        </>
      }
    >
      <h1 ref={heading} tabIndex={-1}>{title}</h1>
      <p class="lead">{began ? t('rate.since', { day: dayWords(began.on), name }) : t(isHidden ? 'rate.first-hidden' : 'rate.first-lead')}</p>
      <dl class="facts compare__words">
        {began
          ? ORDER.map(change => <Told key={change} words={t(`rate.change-${change}`)} ladders={changes(ladders, began.scores.participant, now.participant).get(change)} />)
          : <Told words={t('rate.change-not-said')} ladders={changes(ladders, {}, now.participant).get('not-said')} />}
        <Told words={t('rate.differently')} ladders={differently} />
        <Said words={t('rate.said-of', { who: name })} said={said.participant?.own_words} />
        <Said words={t('rate.said-of', { who: worker })} said={said.worker?.own_words} />
      </dl>
      <Section title={t('rate.each')} says={t('rate.key', { name, worker })}>
        <ul class="rows">
          <li class="pair pair__axis" aria-hidden="true"><div /><Drawing svg={scaleMarks()} kind="compare__axis" /></li>
          {ladders.map(ladder => (
            <LadderPair key={ladder.code} ladder={ladder} name={name} worker={worker} now={now} said={said} began={began?.scores ?? null} />
          ))}
        </ul>
      </Section>
    </Frame>
  );
}

function Told({ words, ladders }: { words: string; ladders?: readonly Ladder[] | undefined }) {
  if (!ladders || ladders.length === 0) return null;
  return <div><dt>{words}</dt><dd>{ladders.map(ladder => ladder.short_title).join(', ')}</dd></div>;
}

function Said({ words, said }: { words: string; said: string | undefined }) {
  if (!said) return null;
  return <div><dt>{words}</dt><dd><q>{said}</q></dd></div>;
}

interface LadderPairProps extends Pick<ComparisonProps, 'name' | 'worker' | 'now' | 'said'> {
  ladder: Ladder;
  began: Record<Rater, Scores> | null;
}

function LadderPair({ ladder, name, worker, now, said, began }: LadderPairProps) {
  const { code } = ladder;
  const track = (rater: Rater) => ({ began: began?.[rater][code] ?? null, now: now[rater][code] ?? null });
  const [own, other] = [track('participant'), track('worker')];
  const change = changeOf(own.began, own.now);
  const isClear = change === 'clearly-higher' || change === 'clearly-lower';
  const notes = ([[name, 'participant'], [worker, 'worker']] as const).flatMap(([who, rater]) => {
    const words = said[rater]?.notes[code]?.trim();
    return words ? [t('rate.said', { who, words })] : [];
  });
  return (
    <li class={isClear ? 'pair pair--moved' : 'pair'}>
      <div>
        <h3>{ladder.title}</h3>
        <p>{trackWords(name, own)}. {other.now === null ? t('rate.track-cannot-say', { who: worker }) : trackWords(worker, other)}.</p>
        {notes.map(note => <p key={note}>{note}</p>)}
      </div>
      <Drawing svg={pairedDots(own, other)} kind="compare__dots" />
    </li>
  );
}

function trackWords(who: string, { began, now }: { began: number | null; now: number | null }): string {
  if (now === null) return t('rate.track-not-said', { who });
  return began === null ? t('rate.track-first', { who, now }) : t('rate.track', { who, began, now });
}
