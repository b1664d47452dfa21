import { useState } from 'preact/hooks';
import { postArrival, putRemittance, type Remittance, type Statement } from '../../api/statements';
import { dayWords, today } from '../../lib/dates';
import { t } from '../../lib/i18n';
import { formErrors, type FormError } from '../../lib/problems';
import type { Answer } from '../../lib/result';
import { currentSession, holdsRole } from '../../store/session';
import { announce } from '../../ui/announce';
import { Button } from '../../ui/button';
import { DateInput } from '../../ui/date-input';
import { Dialog } from '../../ui/dialog';
import { ErrorSummary, errorAt } from '../../ui/error-summary';
import { Row, Rows } from '../../ui/rows';
import { Money } from '../../ui/texts';

/** What is noted next: paid to the prime, passed on, arrived. */
type Note = 'prime_paid_on' | 'passed_on_on' | 'arrived_on';

interface RemittancesProps {
  statement: Statement;
  isPrime: boolean;
  onDone: () => void;
}

/** Where each provider's money is, and the next step for whoever may note it. */
export function Remittances({ statement, isPrime, onDone }: RemittancesProps) {
  const [noting, setNoting] = useState<{ remittance: Remittance; note: Note } | null>(null);
  const own = currentSession().membership.organisation.id;
  const nextOf = (remittance: Remittance): Note | null => {
    if (isPrime && holdsRole('claims-preparer', 'claims-approver')) {
      if (!remittance.prime_paid_on) return 'prime_paid_on';
      if (!remittance.passed_on_on) return 'passed_on_on';
    }
    const mayConfirm = remittance.provider_id === own && holdsRole('manager');
    return mayConfirm && remittance.passed_on_on && !remittance.arrived_on ? 'arrived_on' : null;
  };
  return (
    <>
      <Rows>
        {statement.remittances.map(remittance => {
          const note = nextOf(remittance);
          return (
            <Row
              key={remittance.provider_id}
              title={remittance.provider}
              side={
                <>
                  <Money pence={remittance.provider_share_pence} />
                  {note && (
                    <Button second label={t('statements.note-of', { act: t(`statements.act-${note}`), provider: remittance.provider })} onClick={() => setNoting({ remittance, note })}>
                      {t(`statements.act-${note}`)}
                    </Button>
                  )}
                </>
              }
            >
              <p>{whereWords(remittance, statement)}</p>
            </Row>
          );
        })}
      </Rows>
      {noting && <NoteDialog statement={statement} {...noting} onClose={() => setNoting(null)} onDone={onDone} />}
    </>
  );
}

function whereWords({ prime_paid_on: paid, passed_on_on: passed, arrived_on: arrived }: Remittance, { prime, state }: Statement): string {
  if (!paid) return state === 'open' ? t('statements.not-paid-open') : t('statements.not-paid', { prime });
  return [
    t('statements.paid-on', { prime, day: dayWords(paid) }),
    passed ? t('statements.passed-on', { day: dayWords(passed) }) : t('statements.not-passed'),
    arrived ? t('statements.arrived-on', { day: dayWords(arrived) }) : passed ? t('statements.not-arrived') : '',
  ].filter(Boolean).join(' ');
}

interface NoteDialogProps {
  statement: Statement;
  remittance: Remittance;
  note: Note;
  onClose: () => void;
  onDone: () => void;
}

function NoteDialog({ statement, remittance, note, onClose, onDone }: NoteDialogProps) {
  const [day, setDay] = useState(today());
  const [errors, setErrors] = useState<FormError[]>([]);
  const [busy, setBusy] = useState(false);
  const submit = async (event: Event) => {
    event.preventDefault();
    if (!day) return setErrors([{ field: note, message: t('statements.day-missing') }]);
    setBusy(true);
    const answer: Answer<Statement> = note === 'arrived_on'
      ? await postArrival(statement.id, day)
      : await putRemittance(statement.id, remittance.provider_id, { [note]: day });
    setBusy(false);
    if (answer.kind !== 'ok') return setErrors(formErrors(answer));
    announce(t('statements.noted'));
    onClose();
    onDone();
  };
  return (
    <Dialog
      open
      title={t(`statements.title-${note}`, { provider: remittance.provider })}
      onClose={onClose}
      acts={
        <>
          <Button type="submit" form="remittance" busy={busy}>{t('statements.note')}</Button>
          <Button second onClick={onClose}>{t('ui.cancel')}</Button>
        </>
      }
    >
      <form id="remittance" noValidate onSubmit={event => void submit(event)}>
        <ErrorSummary errors={errors} />
        <DateInput name={note} label={t('statements.which-day')} value={day} onInput={setDay} error={errorAt(errors, note)} />
      </form>
    </Dialog>
  );
}
