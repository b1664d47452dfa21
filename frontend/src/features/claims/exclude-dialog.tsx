import { useEffect, useState } from 'preact/hooks';
import { deleteLine, type ClaimLine, type ExclusionReason } from '../../api/claims';
import { t } from '../../lib/i18n';
import { formErrors, type FormError } from '../../lib/problems';
import { Button } from '../../ui/button';
import { Radios } from '../../ui/choices';
import { Dialog } from '../../ui/dialog';
import { ErrorSummary, errorAt } from '../../ui/error-summary';
import { TextArea } from '../../ui/inputs';
import type { Done } from './outcome';

const REASONS: readonly ExclusionReason[] = ['evidence-unclear', 'asked-the-provider', 'claimed-later', 'other'];

interface ExcludeDialogProps {
  claimId: string;
  line: ClaimLine | null;
  onClose: () => void;
  onDone: (done: Done) => void;
}

/** Why a line is left out; its provider sees the reason and may contest it before the lock. */
export function ExcludeDialog({ claimId, line, onClose, onDone }: ExcludeDialogProps) {
  const [reason, setReason] = useState<ExclusionReason | null>(null);
  const [words, setWords] = useState('');
  const [errors, setErrors] = useState<FormError[]>([]);
  const [busy, setBusy] = useState(false);
  useEffect(() => {
    setReason(null);
    setWords('');
    setErrors([]);
  }, [line?.id]);
  const submit = async (event: Event) => {
    event.preventDefault();
    const found: FormError[] = [];
    if (!reason) found.push({ field: 'reason', message: t('claims.exclude-reason-missing') });
    if (!words.trim()) found.push({ field: 'words', message: t('claims.exclude-words-missing') });
    setErrors(found);
    if (!line || !reason || found.length > 0) return;
    setBusy(true);
    const answer = await deleteLine(claimId, line.id, { reason, words: words.trim() });
    setBusy(false);
    if (answer.kind !== 'ok') return setErrors(formErrors(answer));
    onClose();
    onDone({ words: t('claims.excluded', { line: line.label }), leftOut: [] });
  };
  return (
    <Dialog
      open={line !== null}
      title={line ? t('claims.exclude-title', { line: line.label }) : ''}
      onClose={onClose}
      acts={
        <>
          <Button type="submit" form="exclude" busy={busy}>{t('claims.exclude-act')}</Button>
          <Button second onClick={onClose}>{t('ui.cancel')}</Button>
        </>
      }
    >
      <form id="exclude" noValidate onSubmit={event => void submit(event)}>
        <ErrorSummary errors={errors} />
        <p class="section-lead">{t('claims.exclude-lead', { provider: line?.provider ?? '' })}</p>
        <Radios
          name="reason" label={t('claims.exclude-reason')} value={reason} onInput={value => setReason(value as ExclusionReason)}
          error={errorAt(errors, 'reason')} options={REASONS.map(value => ({ value, label: t(`line.excluded-${value}`) }))}
        />
        <TextArea name="words" label={t('claims.exclude-words')} maxLength={2000} value={words} onInput={setWords} error={errorAt(errors, 'words')} />
      </form>
    </Dialog>
  );
}
