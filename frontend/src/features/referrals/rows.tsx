import { useState } from 'preact/hooks';
import type { Referral } from '../../api/enrolments';
import { dayWords } from '../../lib/dates';
import { t } from '../../lib/i18n';
import { Button, LinkButton } from '../../ui/button';
import { Radios } from '../../ui/choices';
import { Dialog } from '../../ui/dialog';
import { Row } from '../../ui/rows';

const REASONS = ['no-capacity', 'not-suitable', 'out-of-area', 'no-contact', 'person-said-no', 'duplicate', 'other'] as const;

interface WaitingRowProps {
  referral: Referral;
  onAccept: () => Promise<void>;
  onDecline: (reason: string) => Promise<void>;
}

/** Somebody who waits for an answer. */
export function WaitingRow({ referral, onAccept, onDecline }: WaitingRowProps) {
  const [busy, setBusy] = useState(false);
  const [asking, setAsking] = useState(false);
  const name = referral.short_name;
  const run = async (work: Promise<void>) => {
    setBusy(true);
    await work;
    setBusy(false);
  };
  return (
    <Row
      title={<>{name} <span class="ref">{referral.reference}</span></>}
      acts={
        <>
          <Button busy={busy} label={t('referrals.accept-of', { name })} onClick={() => void run(onAccept())}>{t('referrals.accept')}</Button>
          <Button second label={t('referrals.decline-of', { name })} onClick={() => setAsking(true)}>{t('referrals.decline')}</Button>
        </>
      }
    >
      <Facts referral={referral} />
      <Decline
        open={asking}
        name={name}
        busy={busy}
        onClose={() => setAsking(false)}
        onDecline={reason => void run(onDecline(reason)).then(() => setAsking(false))}
      />
    </Row>
  );
}

/** Somebody accepted, who was not given notice or has not started yet. */
export function AcceptedRow({ referral }: { referral: Referral }) {
  const name = referral.short_name;
  const words = referral.notice_given_on ? t('referrals.start') : t('referrals.notice');
  return (
    <Row
      title={<>{name} <span class="ref">{referral.reference}</span></>}
      href={`/people/${referral.enrolment_id}`}
      side={<LinkButton second href={`/people/${referral.enrolment_id}/start`} label={`${words}: ${name}`}>{words}</LinkButton>}
    >
      <Facts referral={referral} />
      <p>{referral.worker ? t('referrals.worker', { worker: referral.worker }) : t('referrals.no-worker')}</p>
    </Row>
  );
}

function Facts({ referral }: { referral: Referral }) {
  return (
    <>
      <p>{t('referrals.referred', { day: dayWords(referral.referred_on), contract: referral.contract_title })}</p>
      {referral.heads_up && <p class="heads-up">{t('referrals.heads-up', { words: referral.heads_up })}</p>}
    </>
  );
}

interface DeclineProps {
  open: boolean;
  name: string;
  busy: boolean;
  onClose: () => void;
  onDecline: (reason: string) => void;
}

function Decline({ open, name, busy, onClose, onDecline }: DeclineProps) {
  const [reason, setReason] = useState<string | null>(null);
  const [missing, setMissing] = useState(false);
  return (
    <Dialog
      open={open}
      title={t('referrals.decline-question', { name })}
      onClose={onClose}
      acts={
        <>
          <Button busy={busy} onClick={() => (reason ? onDecline(reason) : setMissing(true))}>{t('referrals.decline')}</Button>
          <Button second onClick={onClose}>{t('ui.cancel')}</Button>
        </>
      }
    >
      <p>{t('referrals.decline-then')}</p>
      <Radios
        name="reason"
        label={t('referrals.reason')}
        options={REASONS.map(one => ({ value: one, label: t(`referrals.reason-${one}`) }))}
        value={reason}
        onInput={setReason}
        error={missing && !reason ? t('referrals.reason-missing') : undefined}
      />
    </Dialog>
  );
}
