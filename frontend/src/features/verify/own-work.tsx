import { useState } from 'preact/hooks';
import { getOrganisation } from '../../api/settings';
import { postOutsideVerification, type QueuedRecord } from '../../api/verification';
import { t } from '../../lib/i18n';
import { failureWords } from '../../lib/problems';
import { useKept } from '../../store/use-kept';
import { announce } from '../../ui/announce';
import { Button } from '../../ui/button';
import { Note } from '../../ui/texts';

/** Why one may not verify a record, who can (by name where all that waits is one’s own), and the way to somebody outside where the organisation has named one. */
export function OwnWork({ record, others }: { record: QueuedRecord; others: readonly string[] }) {
  const organisation = useKept('own-organisation', getOrganisation).data;
  const [said, setSaid] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const outside = organisation?.outside_verifier?.name;
  const who = organisation?.needs_outside_verifier && !outside ? t('verify.own-nobody') : outside ? t('verify.own-outside', { name: outside }) : t('verify.own-who');
  const sendOutside = async () => {
    setBusy(true);
    const answer = await postOutsideVerification(record.id);
    setBusy(false);
    const words = answer.kind === 'ok' ? t('verify.sent-outside', { name: answer.data.verifier }) : failureWords(answer);
    setSaid(words);
    announce(words ?? '');
  };
  return (
    <div class="own-work" id="own-work">
      <Note icon="person">{t(`verify.${record.own_reason ?? 'you-recorded-it'}`)} {who}{others.length > 0 && <> {t('verify.own-others', { names: others.join(', ') })}</>}</Note>
      {said && <p>{said}</p>}
      {outside && !said && <Button second busy={busy} onClick={() => void sendOutside()}>{t('verify.send-outside', { name: outside })}</Button>}
    </div>
  );
}
