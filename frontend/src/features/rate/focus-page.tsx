import { useRef, useState } from 'preact/hooks';
import type { Ladder } from '../../api/library';
import { t } from '../../lib/i18n';
import { Button } from '../../ui/button';
import { Checkboxes } from '../../ui/choices';
import { usePageTitle } from '../../ui/page';
import { Note } from '../../ui/texts';
import { Frame, showTop } from './frame';
import { FOCUS_LADDERS } from './sitting';

export interface FocusPageProps {
  turn: string;
  ladders: readonly Ladder[];
  chosen: readonly string[];
  nextWords: string;
  onChoose: (codes: string[]) => void;
  onNext: () => void;
  onBack: () => void;
}

/** The person names the three that matter most, or none: no other number can be measured alone. */
export function FocusPage({ turn, ladders, chosen, nextWords, onChoose, onNext, onBack }: FocusPageProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  const [missing, setMissing] = useState(false);
  const isWhole = chosen.length === 0 || chosen.length === FOCUS_LADDERS;
  usePageTitle(t('rate.focus-title'), heading);
  const goOn = () => {
    if (isWhole) return onNext();
    setMissing(true);
    showTop(heading.current);
  };
  return (
    <Frame
      turn={turn}
      bar={
        <>
          <div><Button second big onClick={onBack}>{t('ui.back')}</Button></div>
          <Button big grow onClick={goOn}>{nextWords}</Button>
        </>
      }
    >
      <h1 ref={heading} tabIndex={-1}>{t('rate.focus-title')}</h1>
      <p class="lead">{t('rate.focus-lead')}</p>
      <Checkboxes
        name="focus"
        label={t('rate.focus-which')}
        error={missing && !isWhole ? t('rate.focus-missing') : undefined}
        options={ladders.map(ladder => ({ value: ladder.code, label: ladder.title }))}
        values={chosen}
        onInput={onChoose}
      />
      <p role="status">{t('rate.focus-count', { count: chosen.length })}</p>
      <Note>{t('rate.focus-locks')}</Note>
    </Frame>
  );
}
