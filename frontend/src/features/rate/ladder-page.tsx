import { useRef } from 'preact/hooks';
import type { Ladder } from '../../api/library';
import { t } from '../../lib/i18n';
import { unkept } from '../../store/space';
import { Button } from '../../ui/button';
import { StateWord } from '../../ui/state-word';
import { usePageTitle } from '../../ui/page';
import { Frame, showTop, WhoSees } from './frame';
import { ReadAloud } from '../../ui/read-aloud';
import type { Answering } from './sitting';

const ROWS = [[0, 1, 2, 3, 4, 5], [6, 7, 8, 9, 10]] as const;

/** What one answers on a ladder: a rung, null for "I'd rather not say", undefined while nothing was tapped. */
export type RungAnswer = number | null | undefined;

export interface LadderPageProps {
  ladder: Ladder;
  place: number;
  total: number;
  rater: Answering;
  turn: string;
  /** What the person is called, and the worker. */
  name: string;
  worker: string;
  answer: RungAnswer;
  note: string;
  /** Nothing was chosen when the next page was asked for. */
  missing: boolean;
  nextWords: string;
  onAnswer: (answer: number | null) => void;
  onNote: (note: string) => void;
  onNext: () => void;
  onBack: () => void;
  onStop: () => void;
}

/** One ladder: the question, eleven rungs in two rows with their anchors in view, and room for own words. */
export function LadderPage(props: LadderPageProps) {
  const { ladder, place, total, rater, turn, name, worker, answer, note, missing, nextWords } = props;
  const heading = useRef<HTMLHeadingElement>(null);
  usePageTitle(t('rate.page-title', { ladder: ladder.short_title, place, total }), heading);
  const question = rater === 'participant' ? ladder.question : (ladder.worker_question ?? ladder.question).replaceAll('{name}', name);
  return (
    <Frame
      turn={turn}
      aids={rater === 'participant' && <ReadAloud text={spoken(ladder, question)} start={t('rate.read')} stop={t('rate.read-stop')} />}
      bar={
        <>
          <div><Button second big onClick={props.onBack}>{t('ui.back')}</Button></div>
          <span class="hide-phone">{answer !== undefined && !unkept.value && <StateWord state="saved" />}</span>
          <Button big grow type="submit" form="ladder">{nextWords}</Button>
        </>
      }
    >
      <Steps place={place} total={total} onStop={props.onStop} />
      <form
        id="ladder"
        noValidate
        onSubmit={event => {
          event.preventDefault();
          props.onNext();
          if (answer === undefined) showTop(heading.current);
        }}
      >
        <fieldset aria-describedby={missing ? 'rating-error' : 'rating-hint'}>
          <legend><h1 ref={heading} tabIndex={-1}>{question}</h1></legend>
          <p class="lead" id="rating-hint">{rater === 'participant' ? t('rate.hint-own') : t('rate.hint-worker')}</p>
          {missing && <p class="govuk-error-message" id="rating-error" role="alert">{t('rate.missing')}</p>}
          {ROWS.map(rungs => (
            <Rungs key={rungs[0]} rungs={rungs} ladder={ladder} answer={answer} onAnswer={props.onAnswer} />
          ))}
          <div class="rung rung--say">
            <input
              type="radio"
              name="rating"
              id="rating-none"
              value="none"
              checked={answer === null}
              onChange={() => props.onAnswer(null)}
            />
            <label for="rating-none"><span>{rater === 'participant' ? t('rate.rather-not') : t('rate.cannot-say')}</span></label>
          </div>
        </fieldset>
        <div class="own field">
          <label for="note">{rater === 'participant' ? t('rate.own-words') : t('rate.why')}</label>
          <textarea id="note" class="govuk-textarea" rows={2} maxLength={4000} value={note} onInput={event => props.onNote(event.currentTarget.value)} />
        </div>
        {rater === 'participant' && <WhoSees worker={worker} />}
      </form>
    </Frame>
  );
}

function Rungs({ rungs, ladder, answer, onAnswer }: { rungs: readonly number[]; ladder: Ladder; answer: RungAnswer; onAnswer: (rung: number) => void }) {
  const anchored = rungs.filter(rung => ladder.anchors[String(rung)]);
  return (
    <div class="rungs">
      {rungs.map(rung => (
        <div class="rung" key={rung}>
          <input
            type="radio"
            name="rating"
            id={`rating-${rung}`}
            value={rung}
            checked={answer === rung}
            aria-describedby={anchored.includes(rung) ? `anchor-${rung}` : undefined}
            onChange={() => onAnswer(rung)}
          />
          <label for={`rating-${rung}`}>{rung}</label>
        </div>
      ))}
      {rungs.length % 2 === 1 && <span class="hide-phone" />}
      {anchored.map(rung => (
        <p key={rung} class={answer === rung ? 'anchor is-chosen' : 'anchor'}>
          <b>{rung}</b> <span id={`anchor-${rung}`}>{ladder.anchors[String(rung)]}</span>
        </p>
      ))}
    </div>
  );
}

function Steps({ place, total, onStop }: { place: number; total: number; onStop: () => void }) {
  return (
    <div class="steps">
      <ol aria-hidden="true">
        {Array.from({ length: total }, (_, step) => (
          <li key={step} class={step + 1 < place ? 'is-done' : step + 1 === place ? 'is-here' : undefined} />
        ))}
      </ol>
      <strong>{t('rate.place', { place, total })}</strong>
      <button class="quiet quiet--button stop" type="button" onClick={onStop}>{t('rate.stop')}</button>
    </div>
  );
}

function spoken(ladder: Ladder, question: string): string {
  const anchors = Object.entries(ladder.anchors).sort(([one], [other]) => Number(one) - Number(other));
  return [question, ...anchors.map(([rung, words]) => `${rung}. ${words}`), t('rate.rather-not')].join('\n');
}
