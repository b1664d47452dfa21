import { useEffect, useState } from 'preact/hooks';
import type { ClaimLine, Decision, RejectionReason } from '../../api/claims';
import { t } from '../../lib/i18n';
import type { FormError } from '../../lib/problems';
import { Button } from '../../ui/button';
import { Radios } from '../../ui/choices';
import { Dialog } from '../../ui/dialog';
import { ErrorSummary, errorAt } from '../../ui/error-summary';
import { TextArea } from '../../ui/inputs';

const REASONS: readonly RejectionReason[] = [
  'evidence-unreadable', 'evidence-does-not-show-it', 'dates-disagree', 'not-eligible', 'already-paid', 'outside-window',
];

interface RejectDialogProps {
  line: ClaimLine;
  open: boolean;
  busy: boolean;
  /** What the server refused of the last try. */
  refusals: readonly FormError[];
  onClose: () => void;
  onReject: (decision: Decision) => void;
}

/** Why a line is rejected: a reason of the closed list, words, and whether it can be cured. */
export function RejectDialog({ line, open, busy, refusals, onClose, onReject }: RejectDialogProps) {
  const [reason, setReason] = useState<RejectionReason | null>(null);
  const [words, setWords] = useState('');
  const [curable, setCurable] = useState<string | null>(null);
  const [missing, setMissing] = useState<FormError[]>([]);
  useEffect(() => setMissing([]), [open]);
  const errors = missing.length > 0 ? missing : refusals;
  const submit = (event: Event) => {
    event.preventDefault();
    const found: FormError[] = [];
    if (!reason) found.push({ field: 'reason', message: t('assess.reason-missing') });
    if (!words.trim()) found.push({ field: 'words', message: t('assess.words-missing') });
    if (!curable) found.push({ field: 'curable', message: t('assess.curable-missing') });
    setMissing(found);
    if (reason && curable && found.length === 0) onReject({ accepted: false, reason, words: words.trim(), curable: curable === 'yes' });
  };
  return (
    <Dialog
      open={open}
      title={t('assess.reject-title', { line: line.label })}
      onClose={onClose}
      acts={
        <>
          <Button type="submit" form="reject" busy={busy}>{t('assess.reject-act')}</Button>
          <Button second onClick={onClose}>{t('ui.cancel')}</Button>
        </>
      }
    >
      <form id="reject" noValidate onSubmit={submit}>
        <ErrorSummary errors={errors} />
        <Radios
          name="reason" label={t('assess.reason')} value={reason} onInput={value => setReason(value as RejectionReason)} error={errorAt(errors, 'reason')}
          options={REASONS.map(value => ({ value, label: t(`line.rejected-${value}`) }))}
        />
        <TextArea name="words" label={t('assess.words')} hint={t('assess.words-hint')} maxLength={2000} value={words} onInput={setWords} error={errorAt(errors, 'words')} />
        <Radios
          name="curable" label={t('assess.curable')} value={curable} onInput={setCurable} error={errorAt(errors, 'curable')}
          options={[{ value: 'yes', label: t('assess.curable-yes') }, { value: 'no', label: t('assess.curable-no') }]}
        />
      </form>
    </Dialog>
  );
}
