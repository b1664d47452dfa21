import { useState } from 'preact/hooks';
import type { Accepted, Referral } from '../../api/enrolments';
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
  const { short_name: name, reference, access_needs: needs } = referral.participant;
  const run = async (work: Promise<void>) => {
    setBusy(true);
    await work;
    setBusy(false);
  };
  return (
    <Row
      title={<>{name} <span class="ref">{reference}</span></>}
      acts={
        <>
          <Button busy={busy} label={t('referrals.accept-of', { name })} onClick={() => void run(onAccept())}>{t('referrals.accept')}</Button>
          <Button second label={t('referrals.decline-of', { name })} onClick={() => setAsking(true)}>{t('referrals.decline')}</Button>
        </>
      }
    >
      <p>{t('referrals.referred-to', { day: dayWords(referral.referred_on), contract: referral.contract.title })}</p>
      <HeadsUp words={needs} />
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
export function AcceptedRow({ person }: { person: Accepted }) {
  const name = person.short_name;
  return (
    <Row
      title={<>{name} <span class="ref">{person.reference}</span></>}
      href={`/people/${person.enrolment_id}`}
      side={<LinkButton second href={`/people/${person.enrolment_id}/start`} label={t('referrals.start-of', { name })}>{t('referrals.start')}</LinkButton>}
    >
      <p>{t('referrals.referred', { day: dayWords(person.referred_on) })}</p>
      <HeadsUp words={person.heads_up} />
      <p>{person.worker ? t('referrals.worker', { worker: person.worker }) : t('referrals.no-worker')}</p>
    </Row>
  );
}

function HeadsUp({ words }: { words: string | null }) {
  return words ? <p class="heads-up">{t('referrals.heads-up', { words })}</p> : null;
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
