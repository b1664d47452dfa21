import { useState } from 'preact/hooks';
import { dayReached, dayWords } from '../../lib/dates';
import { t, tIn, type Language } from '../../lib/i18n';
import { unkept } from '../../store/space';
import { Button, QuietButton } from '../../ui/button';
import { Confirm } from '../../ui/dialog';
import { Cover } from './frame';
import { choseNot, lastDay, type Rater, type SittingDraft } from './sitting';

interface Between {
  /** What the person reads: the line that thanks them speaks it. */
  spoken: Language;
  name: string;
  worker: string;
  value: SittingDraft;
  onCrisis: () => void;
}

export interface HandedBackProps extends Between {
  onRate: () => void;
  onLater: () => void;
  onAnew: () => void;
}

/** The person has answered, or chose not to; the worker's turn is left. */
export function HandedBack({ spoken, name, worker, value, onRate, onLater, onAnew, onCrisis }: HandedBackProps) {
  const last = lastDay(value);
  if (dayReached() > last) {
    return (
      <Cover
        turn={t('rate.turn-worker', { worker })}
        title={t('rate.too-late-title')}
        acts={<><Button big onClick={onAnew}>{t('rate.anew')}</Button><Button second big onClick={onLater}>{t('rate.close')}</Button></>}
      >
        <p class="lead">{t('rate.too-late', { name, day: dayWords(last) })}</p>
      </Cover>
    );
  }
  const isChosen = choseNot(value.sealed.participant);
  return (
    <Cover
      turn={t('rate.turn-worker', { worker })}
      title={isChosen ? t('rate.chose-not-done', { name }) : tIn(spoken, 'rate.thank-you')}
      titleLang={isChosen ? undefined : spoken}
      acts={<><Button big onClick={onRate}>{t('rate.my-turn', { worker })}</Button><Button second big onClick={onLater}>{t('rate.later')}</Button></>}
      foot={<NotToday name={name} onCrisis={onCrisis} />}
    >
      <p class="lead">{isChosen ? t('rate.chose-not-then', { name }) : t('rate.hand-back')}</p>
      <p>{isChosen ? t('rate.second-rater-can', { name }) : t('rate.sealed', { name, day: dayWords(last) })}</p>
    </Cover>
  );
}

export interface PausedProps extends Between {
  rater: Rater;
  total: number;
  onGoOn: () => void;
  onLeave: () => void;
}

/** Somebody's turn stands still: what they answered is covered. */
export function Paused({ spoken, rater, name, worker, value, total, onGoOn, onLeave, onCrisis }: PausedProps) {
  const own = rater === 'participant';
  return (
    <Cover
      turn={own ? t('rate.turn', { name }) : t('rate.turn-worker', { worker })}
      title={own ? tIn(spoken, 'rate.paused-title') : t('rate.paused-title-worker')}
      titleLang={own ? spoken : undefined}
      acts={<Button big onClick={onGoOn}>{own ? t('rate.go-on', { name }) : t('rate.go-on-worker')}</Button>}
      foot={<><QuietButton onClick={onLeave}>{t('rate.leave')}</QuietButton>{own && <NotToday name={name} onCrisis={onCrisis} />}</>}
    >
      <p class="lead">{t(unkept.value ? 'rate.paused-not-kept' : 'rate.paused', { place: Math.min(value.page + 1, total), total })}</p>
    </Cover>
  );
}

/** The sitting is let be, and what that means. */
export function LetBe({ name, onClose }: { name: string; onClose: () => void }) {
  return (
    <Cover turn={t('rate.together')} title={t('rate.crisis-done')} acts={<Button big onClick={onClose}>{t('rate.close')}</Button>}>
      <p class="lead">{t('rate.crisis-then', { name })}</p>
      <p>{t('rate.crisis-next', { name })}</p>
    </Cover>
  );
}

/** Today turns out not to be the day: asked once. */
function NotToday({ name, onCrisis }: { name: string; onCrisis: () => void }) {
  const [asking, setAsking] = useState(false);
  return (
    <>
      <QuietButton onClick={() => setAsking(true)}>{t('rate.today-crisis')}</QuietButton>
      <Confirm
        open={asking}
        title={t('rate.crisis-question')}
        confirm={t('rate.crisis-confirm')}
        onConfirm={() => {
          setAsking(false);
          onCrisis();
        }}
        onClose={() => setAsking(false)}
      >
        <p>{t('rate.crisis-then', { name })}</p>
      </Confirm>
    </>
  );
}
