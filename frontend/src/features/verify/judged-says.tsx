import { t } from '../../lib/i18n';
import type { RecordState } from '../../sync/outbox';
import { QuietButton } from '../../ui/button';
import { RecordedList } from '../../ui/recorded';
import { isSecondHalf } from './double-press';
import type { Judged } from './use-queue';
import { titleOf } from './words';

interface JudgedSaysProps {
  judged: Judged;
  state: RecordState;
  onTakeBack: (judged: Judged) => void;
}

/** What was judged last stays in view, with its state and the way back. */
export function JudgedSays({ judged, state, onTakeBack }: JudgedSaysProps) {
  const what = titleOf(judged.record);
  return (
    <RecordedList
      rows={[{
        id: judged.id,
        state,
        words: t(`verify.${judged.decision}-says`, { what, name: judged.record.person }),
        act: state === 'needs' || judged.record.is_outside
          ? undefined
          : <QuietButton label={t('verify.take-back-of', { what })} onClick={event => isSecondHalf(event) || onTakeBack(judged)}>{t('verify.take-back')}</QuietButton>,
      }]}
    />
  );
}
