import { useRef, useState } from 'preact/hooks';
import type { Ladder } from '../../api/library';
import { t } from '../../lib/i18n';
import { useOwnTime } from '../../store/quiet';
import { Button } from '../../ui/button';
import { usePageTitle } from '../../ui/page';
import { FocusPage } from './focus-page';
import { Frame, WhoSees } from './frame';
import { LadderPage } from './ladder-page';
import { toNameAmong, type Answering, type SittingDraft } from './sitting';

export interface TurnProps {
  rater: Answering;
  ladders: readonly Ladder[];
  /** The person may name the three that matter most, once they have answered. */
  takesFocus?: boolean;
  draft: SittingDraft;
  name: string;
  worker: string;
  onChange: (change: Partial<SittingDraft>) => void;
  onFinish: () => void;
  onStop: () => void;
}

/** One rater's turn: a page a ladder, what matters most where that is asked, then a last one with room for more words. */
export function Turn(props: TurnProps) {
  const { rater, ladders, takesFocus, draft, name, worker, onChange, onStop } = props;
  useOwnTime(rater === 'participant');
  const [missing, setMissing] = useState(false);
  const turn = rater === 'participant' ? t('rate.turn', { name }) : t('rate.turn-worker', { worker });
  const ladder = ladders[draft.page];
  const goTo = (page: number) => {
    setMissing(false);
    onChange({ page });
  };
  const among = takesFocus ? toNameAmong(ladders, draft.scores) : [];
  const focusAt = ladders.length;
  if (!ladder && among.length > 0 && draft.page === focusAt) {
    const named = draft.focus.filter(code => among.some(one => one.code === code));
    return (
      <FocusPage
        turn={turn}
        ladders={among}
        chosen={named}
        nextWords={t('rate.next-last')}
        onChoose={focus => onChange({ focus })}
        onNext={() => onChange({ focus: named, page: focusAt + 1 })}
        onBack={() => goTo(ladders.length - 1)}
      />
    );
  }
  if (!ladder) return <LastPage {...props} turn={turn} onBack={() => goTo(among.length > 0 ? focusAt : ladders.length - 1)} />;
  const { code } = ladder;
  const next = ladders[draft.page + 1];
  return (
    <LadderPage
      key={`${rater}-${code}`}
      ladder={ladder}
      place={draft.page + 1}
      total={ladders.length}
      rater={rater}
      turn={turn}
      name={name}
      worker={worker}
      answer={draft.scores[code]}
      note={draft.notes[code] ?? ''}
      missing={missing && draft.scores[code] === undefined}
      nextWords={next ? t('rate.next', { ladder: next.short_title.toLowerCase() }) : t('rate.next-last')}
      onAnswer={answer => onChange({ scores: { ...draft.scores, [code]: answer } })}
      onNote={note => onChange({ notes: { ...draft.notes, [code]: note } })}
      onNext={() => (draft.scores[code] === undefined ? setMissing(true) : goTo(draft.page + 1))}
      onBack={() => (draft.page === 0 ? onStop() : goTo(draft.page - 1))}
      onStop={onStop}
    />
  );
}

function LastPage({ rater, ladders, draft, name, worker, turn, onChange, onFinish, onStop, onBack }: TurnProps & { turn: string; onBack: () => void }) {
  const heading = useRef<HTMLHeadingElement>(null);
  const own = rater === 'participant';
  const title = own ? t('rate.last-title') : t('rate.last-title-worker', { name });
  const left = ladders.filter(ladder => draft.scores[ladder.code] === null).length;
  usePageTitle(title, heading);
  return (
    <Frame
      turn={turn}
      bar={
        <>
          <div><Button second big onClick={onBack}>{t('ui.back')}</Button></div>
          <Button big grow onClick={onFinish}>{t('rate.finish')}</Button>
        </>
      }
    >
      <div class="steps"><button class="quiet quiet--button stop" type="button" onClick={onStop}>{t('rate.stop')}</button></div>
      <h1 ref={heading} tabIndex={-1}>{title}</h1>
      <p class="lead">{t('rate.answered', { answered: ladders.length - left, total: ladders.length })}</p>
      <div class="own field">
        <label for="own_words">{own ? t('rate.anything') : t('rate.anything-worker')}</label>
        <textarea
          id="own_words"
          class="govuk-textarea"
          rows={4}
          maxLength={4000}
          value={draft.own_words}
          onInput={event => onChange({ own_words: event.currentTarget.value })}
        />
      </div>
      {own && <WhoSees worker={worker} />}
    </Frame>
  );
}
