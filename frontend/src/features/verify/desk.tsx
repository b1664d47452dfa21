import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import type { QueuedRecord } from '../../api/verification';
import { t } from '../../lib/i18n';
import type { FormError } from '../../lib/problems';
import { holdsRole } from '../../store/session';
import { Button, QuietButton } from '../../ui/button';
import { ErrorSummary, errorAt } from '../../ui/error-summary';
import { TextArea } from '../../ui/inputs';
import { NotificationBanner } from '../../ui/notification-banner';
import { StickyBar } from '../../ui/sticky-bar';
import { isSecondHalf } from './double-press';
import { OwnWork } from './own-work';
import { afterJudging, neighbour } from './queue';
import { RecordBody, Times } from './record';
import { ReturnDialog } from './return-dialog';
import { useKeys } from './use-keys';
import { refusalWords, type Judgement } from './use-queue';
import { titleOf } from './words';

export interface DeskProps {
  record: QueuedRecord;
  items: readonly QueuedRecord[];
  /** Who else may verify, where all of it is one’s own. */
  others: readonly string[];
  /** What was judged last. */
  says: ComponentChildren;
  /** Why the queue could not be asked for anew. */
  failure: string | null;
  onJudge: (judgement: Judgement) => void;
  onGo: (record: QueuedRecord) => void;
}

/** One record before its verifier, and the two things they may do with it. */
export function Desk({ record, items, others, says, failure, onJudge, onGo }: DeskProps) {
  const [returning, setReturning] = useState(false);
  const [lateReason, setLateReason] = useState('');
  const [errors, setErrors] = useState<FormError[]>([]);
  const needsReason = record.late === 'needs-reason' && !record.own;
  const refusal = refusalWords(record.id);

  const verify = () => {
    if (record.own) return;
    if (needsReason && !lateReason.trim()) return setErrors([{ field: 'late_reason', message: t('verify.late-reason-missing') }]);
    onJudge({ decision: 'verified', ...(needsReason ? { late_reason: lateReason.trim() } : {}) });
  };
  const startReturn = () => !record.own && setReturning(true);
  const go = (step: 1 | -1) => {
    const to = neighbour(items, record, step);
    if (to) onGo(to);
  };
  const keys = useKeys({ v: verify, r: startReturn, j: () => go(1), k: () => go(-1) });
  const next = afterJudging(items, record);
  const shortcut = (key: string) => (keys.areOn && !record.own ? { shortcut: key } : {});
  const acts = (
    <>
      <Button second {...shortcut('r')} disabled={record.own} describedBy={record.own ? 'own-work' : undefined} onClick={startReturn}>{t('verify.return')}</Button>
      <Button {...shortcut('v')} disabled={record.own} describedBy={record.own ? 'own-work' : undefined} onClick={event => isSecondHalf(event) || verify()}>{t('verify.verify')}</Button>
    </>
  );
  return (
    <>
      <section class="record" aria-labelledby="record-title">
        {says}
        {failure && <NotificationBanner><p>{failure}</p></NotificationBanner>}
        {refusal && <NotificationBanner><p>{t('verify.not-taken', { what: titleOf(record), why: refusal })}</p></NotificationBanner>}
        <ErrorSummary errors={errors} />
        <div class="head">
          <div class="head__text">
            <h2 id="record-title" tabIndex={-1}>{titleOf(record)}</h2>
            <p>{record.person} <span class="ref">{record.reference}</span> · {t('verify.recorded-by', { name: record.author })}</p>
          </div>
          <div class="head__acts wide-only">{acts}</div>
        </div>
        {record.own && <OwnWork record={record} others={others} />}
        <Times record={record} />
        {needsReason && (
          <div class="late-reason">
            <TextArea
              name="late_reason" label={t('verify.late-reason')} hint={t('verify.late-reason-hint')} rows={2} maxLength={2000}
              value={lateReason} onInput={setLateReason} error={errorAt(errors, 'late_reason')}
            />
          </div>
        )}
        <RecordBody record={record} showsJourney={!record.is_outside && holdsRole('manager')} />
        <KeysSay areOn={keys.areOn} onTurn={keys.turn} />
      </section>
      <StickyBar says={<p class="hide-phone">{next ? t('verify.after-this', { what: `${titleOf(next)}, ${next.person}` }) : t('verify.last-one')}</p>}>
        <div class="acts acts--judge">{acts}</div>
      </StickyBar>
      <ReturnDialog
        record={record}
        open={returning}
        onClose={() => setReturning(false)}
        onReturn={(reason, words) => {
          setReturning(false);
          onJudge({ decision: 'returned', reason, ...(words ? { words } : {}) });
        }}
      />
    </>
  );
}

/** Which keys do what, and the way to turn them off. */
function KeysSay({ areOn, onTurn }: { areOn: boolean; onTurn: () => void }) {
  return (
    <p class="small soft wide-only keys-say">
      {areOn ? (
        <>
          {t('verify.keys')} <kbd>v</kbd> {t('verify.key-verify')} <kbd>r</kbd> {t('verify.key-return')} <kbd>j</kbd> {t('verify.key-next')} <kbd>k</kbd> {t('verify.key-before')}.{' '}
        </>
      ) : t('verify.keys-are-off')}{' '}
      <QuietButton onClick={onTurn}>{areOn ? t('verify.keys-off') : t('verify.keys-on')}</QuietButton>
    </p>
  );
}
