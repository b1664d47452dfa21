import { signal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useRef } from 'preact/hooks';
import type { Picture, PictureFact, PictureLadder } from '../../api/picture';
import { pairedDots } from '../../lib/charts';
import { dayOf, dayWords } from '../../lib/dates';
import { t } from '../../lib/i18n';
import { Button, QuietButton } from '../../ui/button';
import { Details } from '../../ui/details';
import { Drawing } from '../../ui/drawing';
import { Mark } from '../../ui/icon';
import { Section, usePageTitle } from '../../ui/page';
import { ReadAloud } from '../../ui/read-aloud';
import { factWords, ladderSentences, nextWords, readingOf, workerName } from './sentences';

const large = signal(false);
/** What stands open on the page; support and appointments are many, and stand behind one tap. */
const OPEN_KINDS: readonly string[] = ['assessment', 'milestone', 'employment', 'start'];

export interface ShownPictureProps {
  picture: Picture;
  /** Ask what they say against a fact, or whether they take it back. */
  onDisagree: (fact: PictureFact) => void;
  onTakeBack: (fact: PictureFact) => void;
  /** Beside the heading: give the tablet back, or close it on this phone. */
  acts: ComponentChildren;
  /** A line at the top: what the picture does not hold yet. */
  says?: ComponentChildren;
}

/** The person's picture: words first, then dots, then what is theirs to say and to dispute. */
export function ShownPicture({ picture, onDisagree, onTakeBack, acts, says }: ShownPictureProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  const title = t('picture.title-own', { name: picture.first_name });
  usePageTitle(t('picture.title'), heading);
  const { worker } = picture;
  return (
    <>
      <PictureTop reading={readingOf(picture)} />
      <main class={large.value ? 'page page--form picture picture--large' : 'page page--form picture'} id="main">
        <h1 ref={heading} tabIndex={-1}>{title}</h1>
        <p class="lead">{picture.since ? t('picture.lead', { provider: picture.provider, day: dayWords(picture.since) }) : picture.provider}</p>
        {says}
        {picture.is_hidden && <p class="picture__note">{t('picture.hidden')}</p>}
        {picture.ladders.length > 0 && <Ladders picture={picture} />}
        {!picture.is_hidden && picture.ladders.length === 0 && <p>{t('picture.no-ladders')}</p>}
        <OwnWords picture={picture} />
        <Goals picture={picture} />
        <Facts picture={picture} onDisagree={onDisagree} onTakeBack={onTakeBack} />
        <Section title={t('picture.readers')}>
          <p>{t('picture.readers-who', { worker: workerName(worker) })}</p>
          <ul class="picture__list">
            {picture.readers.map(one => (
              <li key={one.organisation}>{t('picture.reader', { organisation: one.organisation, count: one.count, day: dayWords(dayOf(one.last_at)) })}</li>
            ))}
          </ul>
        </Section>
        <div class="acts no-print">{acts}</div>
      </main>
    </>
  );
}

function PictureTop({ reading }: { reading: string }) {
  return (
    <section class="rate-top no-print" aria-label={t('picture.aids')}>
      <div class="top__in">
        <span class="turn"><Mark />{t('picture.title')}</span>
        <div class="aids">
          <ReadAloud text={reading} start={t('picture.read')} stop={t('picture.read-stop')} />
          <button class="aid" type="button" onClick={() => print()}>{t('picture.print')}</button>
          <button class="aid" type="button" aria-pressed={large.value} onClick={() => (large.value = !large.value)}>
            <b aria-hidden="true">A+</b><span>{t('picture.large')}</span>
          </button>
        </div>
      </div>
    </section>
  );
}

function Ladders({ picture }: { picture: Picture }) {
  const worker = workerName(picture.worker);
  return (
    <Section title={t('picture.what-you-said')}>
      <p class="soft">{t('picture.key', { worker })}</p>
      <ul class="picture__ladders">
        {picture.ladders.map(ladder => <Ladder key={ladder.code} ladder={ladder} worker={worker} />)}
      </ul>
    </Section>
  );
}

function Ladder({ ladder, worker }: { ladder: PictureLadder; worker: string }) {
  const [first, ...others] = ladderSentences(ladder);
  const scale = { low: ladder.scale_min, high: ladder.scale_max, ticks: [] };
  const own = { began: ladder.began, now: ladder.now };
  const dots = pairedDots(own, { began: ladder.worker_began, now: ladder.worker_now }, scale, large.value);
  return (
    <li>
      <div>
        <h3>{ladder.title}</h3>
        <p class="picture__said">{first}</p>
        {others.map(words => <p key={words}>{words}</p>)}
        {ladder.worker_said && <p class="soft">{t('picture.worker-said', { worker, words: ladder.worker_said })}</p>}
      </div>
      <Drawing svg={dots} kind="picture__dots" />
    </li>
  );
}

function OwnWords({ picture }: { picture: Picture }) {
  if (picture.own_words.length === 0) return null;
  return (
    <Section title={t('picture.own-words')}>
      <ul class="picture__list">
        {picture.own_words.map(one => (
          <li key={`${one.occurred_on}${one.about ?? ''}${one.words}`}>
            <q>{one.words}</q> <span class="soft">{[one.about, dayWords(one.occurred_on)].filter(Boolean).join(', ')}</span>
          </li>
        ))}
      </ul>
    </Section>
  );
}

function Goals({ picture }: { picture: Picture }) {
  const { worker } = picture;
  const done = picture.steps.filter(step => step.done_on && step.words);
  return (
    <Section title={t('picture.goals')}>
      {picture.goal ? <p class="picture__said">{picture.goal}</p> : <p>{t('picture.no-goal')}</p>}
      {done.length > 0 && (
        <ul class="picture__list">
          {done.map(step => <li key={step.key}>{t('picture.step-done', { words: step.words ?? '', day: dayWords(step.done_on ?? step.due_on) })}</li>)}
        </ul>
      )}
      <h3>{t('picture.next')}</h3>
      {picture.next.length === 0 ? <p>{t('picture.nothing-next')}</p> : (
        <ul class="picture__list">{picture.next.map(next => <li key={`${next.code}${next.on}${next.words ?? ''}`}>{nextWords(next, worker)}</li>)}</ul>
      )}
    </Section>
  );
}

type FactsProps = Pick<ShownPictureProps, 'picture' | 'onDisagree' | 'onTakeBack'>;

function Facts({ picture, onDisagree, onTakeBack }: FactsProps) {
  const open = picture.facts.filter(fact => OPEN_KINDS.includes(fact.kind));
  const others = picture.facts.filter(fact => !OPEN_KINDS.includes(fact.kind));
  const list = (facts: readonly PictureFact[]) => (
    <ul class="rows picture__facts">
      {facts.map(fact => <Fact key={fact.record_id} fact={fact} worker={picture.worker} onDisagree={onDisagree} onTakeBack={onTakeBack} />)}
    </ul>
  );
  return (
    <Section title={t('picture.facts')}>
      <p>{t('picture.facts-lead')}</p>
      {open.length === 0 ? <p>{t('picture.no-facts')}</p> : list(open)}
      {others.length > 0 && <Details summary={t('picture.others', { count: others.length })}>{list(others)}</Details>}
    </Section>
  );
}

interface FactProps extends Pick<FactsProps, 'onDisagree' | 'onTakeBack'> {
  fact: PictureFact;
  worker: string | null;
}

function Fact({ fact, worker, onDisagree, onTakeBack }: FactProps) {
  const words = factWords(fact, worker);
  const said = fact.disagreement;
  return (
    <li>
      <div>
        <p>{words}</p>
        {said && <p class="picture__against">{said.words ? t('picture.against-words', { words: said.words }) : t('picture.against')}</p>}
      </div>
      {said
        ? <QuietButton label={t('picture.take-back-of', { what: words })} onClick={() => onTakeBack(fact)}>{t('picture.take-back')}</QuietButton>
        : <Button second label={t('picture.disagree-with', { what: words })} onClick={() => onDisagree(fact)}>{t('picture.disagree')}</Button>}
    </li>
  );
}
