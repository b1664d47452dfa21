import { useState } from 'preact/hooks';
import type { Accepted, Referral, StaffMember } from '../../api/enrolments';
import { dayWords } from '../../lib/dates';
import { t } from '../../lib/i18n';
import { currentSession, holdsRole } from '../../store/session';
import { Button, LinkButton } from '../../ui/button';
import { Radios } from '../../ui/choices';
import { Dialog } from '../../ui/dialog';
import { firstKeyWorker, KeyWorkerChoice } from '../../ui/key-worker-choice';
import { Row } from '../../ui/rows';

const REASONS = ['no-capacity', 'not-suitable', 'out-of-area', 'no-contact', 'person-said-no', 'duplicate', 'other'] as const;

interface WaitingRowProps {
  referral: Referral;
  workers: readonly StaffMember[];
  onAccept: (workerId: string | null) => Promise<void>;
  onDecline: (reason: string) => Promise<void>;
}

/** Somebody who waits for an answer. */
export function WaitingRow({ referral, workers, onAccept, onDecline }: WaitingRowProps) {
  const [busy, setBusy] = useState(false);
  const [asking, setAsking] = useState<'accept' | 'decline' | null>(null);
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
          <Button label={t('referrals.accept-of', { name })} onClick={() => setAsking('accept')}>{t('referrals.accept')}</Button>
          <Button second label={t('referrals.decline-of', { name })} onClick={() => setAsking('decline')}>{t('referrals.decline')}</Button>
        </>
      }
    >
      <p>{t('referrals.referred-to', { day: dayWords(referral.referred_on), contract: referral.contract.title })}</p>
      <HeadsUp words={needs} />
      <Accept
        open={asking === 'accept'}
        name={name}
        workers={workers}
        busy={busy}
        onClose={() => setAsking(null)}
        onAccept={workerId => void run(onAccept(workerId)).then(() => setAsking(null))}
      />
      <Decline
        open={asking === 'decline'}
        name={name}
        busy={busy}
        onClose={() => setAsking(null)}
        onDecline={reason => void run(onDecline(reason)).then(() => setAsking(null))}
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

interface AcceptProps {
  open: boolean;
  name: string;
  workers: readonly StaffMember[];
  busy: boolean;
  onClose: () => void;
  onAccept: (workerId: string | null) => void;
}

function Accept({ open, name, workers, busy, onClose, onAccept }: AcceptProps) {
  const own = currentSession().user.id;
  const [chosen, setChosen] = useState<string | null>(null);
  const worker = chosen ?? firstKeyWorker(workers, own);
  return (
    <Dialog
      open={open}
      title={t('referrals.accept-question', { name })}
      onClose={onClose}
      acts={
        <>
          <Button busy={busy} onClick={() => onAccept(worker || null)}>{t('referrals.accept')}</Button>
          <Button second onClick={onClose}>{t('ui.cancel')}</Button>
        </>
      }
    >
      <p>{t('referrals.accept-then')}</p>
      <KeyWorkerChoice workers={workers} own={own} mayNameOthers={holdsRole('manager')} value={worker} onInput={setChosen} />
    </Dialog>
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
