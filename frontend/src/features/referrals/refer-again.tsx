import { useState } from 'preact/hooks';
import type { Placement } from '../../api/placements';
import { getDestinations } from '../../api/placing';
import { postReReferral } from '../../api/standing';
import { t } from '../../lib/i18n';
import { failureWords, formErrors } from '../../lib/problems';
import { useAnswer } from '../../lib/use-answer';
import { Button } from '../../ui/button';
import { Dialog } from '../../ui/dialog';
import { Select } from '../../ui/inputs';

export interface ReferAgainProps {
  placement: Placement;
  open: boolean;
  onClose: () => void;
  onDone: () => void;
}

/** Ask a provider to take somebody who was declined or left: the same one, or another of the contract. */
export function ReferAgain({ placement, open, onClose, onDone }: ReferAgainProps) {
  const destinations = useAnswer(placement.id, () => getDestinations(placement.id));
  const [provider, setProvider] = useState('');
  const [error, setError] = useState<string | undefined>();
  const [failure, setFailure] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const providers = destinations.data?.items ?? [];
  const send = async () => {
    setError(provider ? undefined : t('referrals.again-missing'));
    if (!provider) return;
    setBusy(true);
    const answer = await postReReferral(placement.id, provider);
    setBusy(false);
    if (answer.kind === 'ok') return onDone();
    const [fault] = formErrors(answer);
    if (fault?.field === 'provider_id') setError(fault.message);
    else setFailure(failureWords(answer));
  };
  return (
    <Dialog
      open={open}
      title={t('referrals.again-question', { reference: placement.reference })}
      onClose={onClose}
      acts={
        <>
          {providers.length > 0 && <Button busy={busy} onClick={() => void send()}>{t('referrals.again')}</Button>}
          <Button second onClick={onClose}>{t('ui.cancel')}</Button>
        </>
      }
    >
      <p>{t('referrals.again-then')}</p>
      {destinations.data && providers.length === 0 && <p>{t('referrals.again-nowhere')}</p>}
      {!destinations.data && !destinations.failure && <p class="soft" role="status">{t('ui.on-its-way')}</p>}
      {[failure, destinations.failure].map(words => words && <p key={words} class="govuk-error-message" role="alert">{words}</p>)}
      {providers.length > 0 && (
        <Select
          name="provider_id" label={t('referrals.again-to')} value={provider} onInput={setProvider} error={error}
          options={[{ value: '', label: t('referrals.again-choose') }, ...providers.map(({ id, name }) => ({ value: id, label: name }))]}
        />
      )}
    </Dialog>
  );
}
