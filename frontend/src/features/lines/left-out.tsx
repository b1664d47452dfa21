import { useEffect, useState } from 'preact/hooks';
import { postContest, type Exclusion } from '../../api/claims';
import { dayOf, dayWords } from '../../lib/dates';
import { phraseFor, t } from '../../lib/i18n';
import { formErrors, type FormError } from '../../lib/problems';
import { announce } from '../../ui/announce';
import { Button } from '../../ui/button';
import { Dialog } from '../../ui/dialog';
import { ErrorSummary, errorAt } from '../../ui/error-summary';
import { TextArea } from '../../ui/inputs';
import { Section } from '../../ui/page';
import { Row, Rows } from '../../ui/rows';
import { Money } from '../../ui/texts';

/** What the prime left out of its claims, with the reason; until the claim is locked it can be contested. */
export function LeftOut({ exclusions, onContested }: { exclusions: readonly Exclusion[]; onContested: () => void }) {
  const [contesting, setContesting] = useState<Exclusion | null>(null);
  if (exclusions.length === 0) return null;
  return (
    <Section title={t('lines.left-out')} count={exclusions.length}>
      <Rows>
        {exclusions.map(one => (
          <Row
            key={one.id}
            title={`${one.rate_title}, ${one.person}`}
            needs={one.can_contest}
            side={
              <>
                <span>{t('lines.price')} <Money pence={one.price_pence} /></span>
                {one.can_contest && <Button second label={t('lines.contest-of', { what: `${one.rate_title}, ${one.person}` })} onClick={() => setContesting(one)}>{t('lines.contest')}</Button>}
              </>
            }
          >
            <p>{one.claim}, {dayWords(dayOf(one.excluded_at))}. {phraseFor('line', `excluded-${one.reason}`) ?? one.reason}. <q>{one.words}</q></p>
            {one.contested_at && <p><strong>{t('lines.contested', { day: dayWords(dayOf(one.contested_at)) })}</strong> <q>{one.contest_words}</q></p>}
            {!one.can_contest && !one.contested_at && <p>{t('lines.too-late')}</p>}
          </Row>
        ))}
      </Rows>
      <Contest exclusion={contesting} onClose={() => setContesting(null)} onContested={onContested} />
    </Section>
  );
}

interface ContestProps {
  exclusion: Exclusion | null;
  onClose: () => void;
  onContested: () => void;
}

function Contest({ exclusion, onClose, onContested }: ContestProps) {
  const [words, setWords] = useState('');
  const [errors, setErrors] = useState<FormError[]>([]);
  const [busy, setBusy] = useState(false);
  useEffect(() => {
    setWords('');
    setErrors([]);
  }, [exclusion?.id]);
  const submit = async (event: Event) => {
    event.preventDefault();
    if (!words.trim()) return setErrors([{ field: 'words', message: t('lines.contest-missing') }]);
    if (!exclusion) return;
    setBusy(true);
    const answer = await postContest(exclusion.id, words.trim());
    setBusy(false);
    if (answer.kind !== 'ok') return setErrors(formErrors(answer));
    announce(t('lines.contest-done'));
    onClose();
    onContested();
  };
  return (
    <Dialog
      open={exclusion !== null}
      title={t('lines.contest-title', { claim: exclusion?.claim ?? '' })}
      onClose={onClose}
      acts={
        <>
          <Button type="submit" form="contest" busy={busy}>{t('lines.contest-act')}</Button>
          <Button second onClick={onClose}>{t('ui.cancel')}</Button>
        </>
      }
    >
      <form id="contest" noValidate onSubmit={event => void submit(event)}>
        <ErrorSummary errors={errors} />
        <p class="section-lead">{t('lines.contest-lead')}</p>
        <TextArea name="words" label={t('lines.contest-words')} maxLength={2000} value={words} onInput={setWords} error={errorAt(errors, 'words')} />
      </form>
    </Dialog>
  );
}
