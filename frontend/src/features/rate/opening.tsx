import { useRef, useState } from 'preact/hooks';
import type { Person } from '../../api/person';
import { t } from '../../lib/i18n';
import type { FormError } from '../../lib/problems';
import { localRecords } from '../../sync/outbox';
import { Button } from '../../ui/button';
import { Radios } from '../../ui/choices';
import { Confirm } from '../../ui/dialog';
import { ErrorSummary, errorAt } from '../../ui/error-summary';
import { BackLink } from '../../ui/links';
import { usePageTitle } from '../../ui/page';
import { Note } from '../../ui/texts';
import { focusOf, namedHere } from './focus-of';
import { Frame } from './frame';
import { occasions, proposed, whyWords } from './occasion';
import { HELP, type Help, type SittingKind, type Today } from './sitting';

export interface OpeningProps {
  person: Person;
  total: number;
  /** Empty where nothing tells which it is, until the worker has said it. */
  kind: SittingKind | '';
  help: Help;
  onKind: (kind: SittingKind) => void;
  onHelp: (help: Help) => void;
  onBegin: () => void;
  onChoseNot: () => void;
  onCrisis: () => void;
}

/** Before the tablet is handed over: which occasion it is, what today is like, and how it goes. */
export function Opening(props: OpeningProps) {
  const { person, total, kind, help, onKind, onHelp, onBegin } = props;
  const name = person.first_name;
  const heading = useRef<HTMLHeadingElement>(null);
  const [how, setHow] = useState<Today>('rate');
  const [asking, setAsking] = useState(false);
  const [errors, setErrors] = useState<FormError[]>([]);
  const goOn = (act: () => void) => {
    if (kind) act();
    else setErrors([{ field: 'kind', message: t('rate.kind-missing') }]);
  };
  const title = t('rate.title', { name });
  usePageTitle(title, heading, errors.length > 0);
  return (
    <Frame
      turn={t('rate.together')}
      bar={
        <>
          <span class="hide-phone" />
          {how === 'rate'
            ? <Button big grow onClick={() => goOn(onBegin)}>{t('rate.hand-to', { name })}</Button>
            : <Button big grow onClick={() => goOn(() => setAsking(true))}>{how === 'not' ? t('rate.chose-not-confirm') : t('rate.crisis-confirm')}</Button>}
        </>
      }
    >
      <BackLink href={`/people/${person.enrolment_id}`}>{person.short_name}</BackLink>
      <h1 ref={heading} tabIndex={-1}>{title}</h1>
      <p class="lead">{t('rate.how', { name, total })}</p>
      <ErrorSummary errors={errors} />
      <Radios
        name="kind"
        label={t('rate.kind')}
        hint={person.is_bare ? t('rate.why-unknown') : whyWords(proposed(person))}
        options={occasions(person)}
        value={kind}
        error={errorAt(errors, 'kind')}
        onInput={value => onKind(value as SittingKind)}
      />
      {kind === 'second-baseline' && <FocusNote person={person} />}
      <Radios
        name="today"
        label={t('rate.today', { name })}
        options={[
          { value: 'rate', label: t('rate.today-rate', { name }), hint: t('rate.today-rate-hint') },
          { value: 'not', label: t('rate.today-not', { name }), hint: t('rate.today-not-hint') },
          { value: 'crisis', label: t('rate.today-crisis'), hint: t('rate.today-crisis-hint') },
        ]}
        value={how}
        onInput={value => setHow(value as Today)}
      />
      {how === 'rate' && (
        <>
          <Radios
            name="help"
            label={t('rate.help', { name })}
            hint={t('rate.help-hint')}
            options={HELP.map(one => ({ value: one, label: t(`rate.help-${one}`) }))}
            value={help}
            onInput={value => onHelp(value as Help)}
          />
          <Note icon="eye">{t('rate.hidden', { name })}</Note>
        </>
      )}
      {how === 'not' && <Note>{t('rate.second-rater-can', { name })}</Note>}
      {how === 'crisis' && <Note>{t('rate.crisis-then', { name })}</Note>}
      <Asked how={how} name={name} open={asking} onClose={() => setAsking(false)} {...props} />
    </Frame>
  );
}

interface AskedProps extends Pick<OpeningProps, 'onChoseNot' | 'onCrisis'> {
  how: Today;
  name: string;
  open: boolean;
  onClose: () => void;
}

/** Asked once, in the words of what will happen. */
function Asked({ how, name, open, onClose, onChoseNot, onCrisis }: AskedProps) {
  const isCrisis = how === 'crisis';
  return (
    <Confirm
      open={open}
      title={isCrisis ? t('rate.crisis-question') : t('rate.chose-not-question', { name })}
      confirm={isCrisis ? t('rate.crisis-confirm') : t('rate.chose-not-confirm')}
      onConfirm={() => {
        onClose();
        if (isCrisis) onCrisis();
        else onChoseNot();
      }}
      onClose={onClose}
    >
      <p>{isCrisis ? t('rate.crisis-then', { name }) : t('rate.chose-not-then', { name })}</p>
    </Confirm>
  );
}

/** What the person named after the first baseline: it can be named or changed until the second begins. */
function FocusNote({ person }: { person: Person }) {
  const known = focusOf(person);
  if (!known) return null;
  const focus = namedHere(known, localRecords.value);
  return (
    <>
      <Note>{focus.named.length > 0 ? t('rate.focus-named', { name: person.first_name }) : t('rate.focus-none', { name: person.first_name })}</Note>
      <p><a href={`/people/${person.enrolment_id}/focus`}>{t('rate.focus-change')}</a></p>
    </>
  );
}
