import { useState } from 'preact/hooks';
import { t } from '../../lib/i18n';
import { failureWords } from '../../lib/problems';
import type { Answer } from '../../lib/result';
import { Confirm } from '../../ui/dialog';
import { TextArea } from '../../ui/inputs';

export interface ReasonDialogProps {
  open: boolean;
  title: string;
  label: string;
  confirm: string;
  send: (reason: string) => Promise<Answer<unknown>>;
  onDone: () => void;
  onClose: () => void;
}

/** An act that wants a reason, in words that stay readable. */
export function ReasonDialog({ open, title, label, confirm, send, onDone, onClose }: ReasonDialogProps) {
  const [reason, setReason] = useState('');
  const [error, setError] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const act = async () => {
    if (reason.trim() === '') return setError(t('devices.reason-missing'));
    setBusy(true);
    const answer = await send(reason.trim());
    setBusy(false);
    setError(failureWords(answer));
    if (answer.kind !== 'ok') return;
    onClose();
    onDone();
  };
  return (
    <Confirm open={open} title={title} confirm={confirm} busy={busy} onConfirm={() => void act()} onClose={onClose}>
      <TextArea name="reason" label={label} rows={3} maxLength={1000} value={reason} onInput={setReason} error={error ?? undefined} />
    </Confirm>
  );
}
