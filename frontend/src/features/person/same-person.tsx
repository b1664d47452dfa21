import { useRoute } from 'preact-iso';
import { useState } from 'preact/hooks';
import { deleteSamePerson, getSamePerson, postSamePerson, type SamePerson } from '../../api/standing';
import { t } from '../../lib/i18n';
import { failureWords, formErrors, type FormError } from '../../lib/problems';
import { useAnswer } from '../../lib/use-answer';
import { holdsRole } from '../../store/session';
import { announce } from '../../ui/announce';
import { AskedFor } from '../../ui/asked';
import { Button, QuietButton } from '../../ui/button';
import { Confirm } from '../../ui/dialog';
import { EmptyState } from '../../ui/empty-state';
import { ErrorSummary, errorAt } from '../../ui/error-summary';
import { TextInput } from '../../ui/inputs';
import { Page, Section } from '../../ui/page';
import { Row, Rows } from '../../ui/rows';

/** Under which other references of the contract the same human is known; links are added and taken back, never merged. */
export default function SamePersonPage() {
  const { id = '' } = useRoute().params;
  const asked = useAnswer(id, () => getSamePerson(id));
  const [errors, setErrors] = useState<FormError[]>([]);
  const back = holdsRole('manager', 'worker')
    ? { href: `/people/${id}`, words: t('ui.back') }
    : { href: '/referrals/advisers', words: t('ui.back') };
  return (
    <Page
      title={t('person.same')} reference={asked.data?.reference} kind="form" lead={t('person.same-lead')} back={back}
      hasErrors={errors.length > 0}
    >
      <ErrorSummary errors={errors} />
      <AskedFor asked={asked}>
        {found => (
          <>
            <Links enrolmentId={id} found={found} onEnded={asked.reload} onErrors={setErrors} />
            <AddLink enrolmentId={id} own={found.reference} errors={errors} onErrors={setErrors} onAdded={asked.reload} />
          </>
        )}
      </AskedFor>
    </Page>
  );
}

interface LinksProps {
  enrolmentId: string;
  found: SamePerson;
  onEnded: () => void;
  onErrors: (errors: FormError[]) => void;
}

function Links({ enrolmentId, found, onEnded, onErrors }: LinksProps) {
  const [ending, setEnding] = useState<SamePerson['items'][number] | null>(null);
  const [busy, setBusy] = useState(false);
  const end = async () => {
    if (!ending) return;
    setBusy(true);
    const answer = await deleteSamePerson(enrolmentId, ending.id);
    setBusy(false);
    setEnding(null);
    const failure = failureWords(answer);
    onErrors(failure ? [{ message: failure }] : []);
    if (answer.kind === 'ok') announce(t('person.same-ended'));
    onEnded();
  };
  return (
    <Section title={t('person.same-known')} count={found.count}>
      {found.count === 0 ? <EmptyState title={t('person.same-none')}>{t('person.same-none-what')}</EmptyState> : (
        <Rows label={t('person.same-known')}>
          {found.items.map(link => (
            <Row
              key={link.id} title={link.reference}
              side={<QuietButton label={t('person.same-end-of', { reference: link.reference })} onClick={() => setEnding(link)}>{t('person.same-end')}</QuietButton>}
            >
              <p>{t('person.same-counts')}</p>
            </Row>
          ))}
        </Rows>
      )}
      <Confirm
        open={ending !== null} title={t('person.same-end-question', { own: found.reference, other: ending?.reference ?? '' })}
        confirm={t('person.same-end')} busy={busy} onConfirm={() => void end()} onClose={() => setEnding(null)}
      >
        <p>{t('person.same-end-then')}</p>
      </Confirm>
    </Section>
  );
}

interface AddLinkProps {
  enrolmentId: string;
  own: string;
  errors: readonly FormError[];
  onErrors: (errors: FormError[]) => void;
  onAdded: () => void;
}

function AddLink({ enrolmentId, own, errors, onErrors, onAdded }: AddLinkProps) {
  const [reference, setReference] = useState('');
  const [asking, setAsking] = useState(false);
  const [busy, setBusy] = useState(false);
  const wanted = reference.trim().toUpperCase();
  const ask = (event: Event) => {
    event.preventDefault();
    const missing = wanted ? [] : [{ field: 'reference', message: t('person.same-missing') }];
    onErrors(missing);
    setAsking(missing.length === 0);
  };
  const add = async () => {
    setBusy(true);
    const answer = await postSamePerson(enrolmentId, wanted);
    setBusy(false);
    setAsking(false);
    onErrors(formErrors(answer));
    if (answer.kind !== 'ok') return;
    setReference('');
    announce(t('person.same-added'));
    onAdded();
  };
  return (
    <Section title={t('person.same-add')}>
      <form noValidate class="section-form" onSubmit={ask}>
        <TextInput
          name="reference" label={t('person.same-reference')} hint={t('person.same-hint')} width={20} autocomplete="off"
          value={reference} onInput={setReference} error={errorAt(errors, 'reference')}
        />
        <Button type="submit">{t('person.same-act')}</Button>
      </form>
      <Confirm
        open={asking} title={t('person.same-question', { own, other: wanted })} confirm={t('person.same-confirm')} busy={busy}
        onConfirm={() => void add()} onClose={() => setAsking(false)}
      >
        <p>{t('person.same-then')}</p>
      </Confirm>
    </Section>
  );
}
