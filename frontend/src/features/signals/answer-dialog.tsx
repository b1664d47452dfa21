import { useState } from 'preact/hooks';
import { postSignalAnswer, type Signal } from '../../api/signals';
import { t } from '../../lib/i18n';
import { failureWords } from '../../lib/problems';
import { announce } from '../../ui/announce';
import { Confirm } from '../../ui/dialog';
import { TextArea } from '../../ui/inputs';

const LONGEST = 4000;

interface AnswerDialogProps {
  signal: Signal;
  what: string;
  open: boolean;
  onClose: () => void;
  onDone: () => void;
}

/** The team's answer, in its own words. */
export function AnswerDialog({ signal, what, open, onClose, onDone }: AnswerDialogProps) {
  const [words, setWords] = useState('');
  const [error, setError] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const send = async () => {
    if (words.trim() === '') return setError(t('signals.answer-missing'));
    setBusy(true);
    const answer = await postSignalAnswer(signal.id, words.trim());
    setBusy(false);
    setError(failureWords(answer));
    if (answer.kind !== 'ok') return;
    setWords('');
    announce(t('signals.kept'));
    onClose();
    onDone();
  };
  return (
    <Confirm open={open} title={what} confirm={t('signals.answer-keep')} busy={busy} onConfirm={() => void send()} onClose={onClose}>
      <p>{t('signals.answer-then')}</p>
      <TextArea name={`answer-${signal.id}`} label={t('signals.answer-label')} rows={5} maxLength={LONGEST} value={words} onInput={setWords} error={error ?? undefined} />
    </Confirm>
  );
}
