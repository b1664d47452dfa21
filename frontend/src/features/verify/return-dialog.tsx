import { useEffect, useState } from 'preact/hooks';
import type { QueuedRecord } from '../../api/verification';
import { t } from '../../lib/i18n';
import type { FormError } from '../../lib/problems';
import { Button } from '../../ui/button';
import { Radios } from '../../ui/choices';
import { Dialog } from '../../ui/dialog';
import { ErrorSummary, errorAt } from '../../ui/error-summary';
import { TextArea } from '../../ui/inputs';
import { titleOf } from './words';

const REASONS = [
  'evidence-missing', 'evidence-unreadable', 'does-not-show-it', 'dates-differ', 'wrong-kind', 'wrong-person', 'not-clear', 'other',
] as const;

export interface ReturnDialogProps {
  record: QueuedRecord;
  open: boolean;
  onClose: () => void;
  onReturn: (reason: string, words: string) => void;
}

/** What has to be put right, by a code and in words; the worker sees both. */
export function ReturnDialog({ record, open, onClose, onReturn }: ReturnDialogProps) {
  const [reason, setReason] = useState<string | null>(null);
  const [words, setWords] = useState('');
  const [errors, setErrors] = useState<FormError[]>([]);
  useEffect(() => {
    setReason(null);
    setWords('');
    setErrors([]);
  }, [record.id]);
  const submit = (event: Event) => {
    event.preventDefault();
    const found: FormError[] = [];
    if (!reason) found.push({ field: 'reason', message: t('verify.reason-missing') });
    if (reason === 'other' && !words.trim()) found.push({ field: 'words', message: t('verify.words-missing') });
    setErrors(found);
    if (reason && found.length === 0) onReturn(reason, words.trim());
  };
  return (
    <Dialog
      open={open}
      title={t('verify.return-title', { what: titleOf(record) })}
      onClose={onClose}
      acts={
        <>
          <Button type="submit" form="return">{t('verify.return-act')}</Button>
          <Button second onClick={onClose}>{t('ui.cancel')}</Button>
        </>
      }
    >
      <form id="return" noValidate onSubmit={submit}>
        <ErrorSummary errors={errors} />
        <p class="section-lead">{t('verify.return-lead', { name: record.author })}</p>
        <Radios
          name="reason" label={t('verify.reason')} value={reason} onInput={setReason} error={errorAt(errors, 'reason')}
          options={REASONS.map(value => ({ value, label: t(`verify.reason-${value}`) }))}
        />
        <TextArea
          name="words" label={t('verify.words')} hint={t('verify.words-hint')} optional={reason !== 'other'} maxLength={2000}
          value={words} onInput={setWords} error={errorAt(errors, 'words')}
        />
      </form>
    </Dialog>
  );
}
