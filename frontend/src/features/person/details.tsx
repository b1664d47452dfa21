import { useRoute } from 'preact-iso';
import { useState } from 'preact/hooks';
import { getPersonDetails, putPersonDetails, type PersonDetails } from '../../api/standing';
import { momentWords, today } from '../../lib/dates';
import { phraseFor, t } from '../../lib/i18n';
import { formErrors, type FormError } from '../../lib/problems';
import { useAnswer } from '../../lib/use-answer';
import { AskedFor } from '../../ui/asked';
import { Button } from '../../ui/button';
import { Checkboxes } from '../../ui/choices';
import { DayInput } from '../../ui/date-input';
import { ErrorSummary, errorAt } from '../../ui/error-summary';
import { Select, TextArea, TextInput } from '../../ui/inputs';
import { NotificationBanner } from '../../ui/notification-banner';
import { Page } from '../../ui/page';
import { Note } from '../../ui/texts';
import { changesOf, draftOf, type DetailsDraft } from './changes';

/** The languages a referral list can name, as the server reads them. */
const LANGUAGES = [
  'en', 'cy', 'sq', 'am', 'ar', 'bn', 'bfi', 'bg', 'yue', 'zh', 'cmn', 'prs', 'fa', 'fr', 'gu', 'hu', 'ku', 'lt', 'ps', 'pl', 'pt', 'pa',
  'ro', 'ru', 'sk', 'so', 'es', 'ta', 'ti', 'tr', 'uk', 'ur', 'vi',
] as const;

/** Who somebody is and how to reach them: no record, it changes at once everywhere. */
export default function DetailsPage() {
  const { id = '' } = useRoute().params;
  const asked = useAnswer(id, () => getPersonDetails(id));
  const [saved, setSaved] = useState<PersonDetails | null>(null);
  const details = saved ?? asked.data;
  const [errors, setErrors] = useState<FormError[]>([]);
  const [busy, setBusy] = useState(false);
  const [done, setDone] = useState(false);
  const save = async (change: ReturnType<typeof changesOf>) => {
    setBusy(true);
    const answer = await putPersonDetails(id, change);
    setBusy(false);
    setErrors(formErrors(answer));
    setDone(answer.kind === 'ok');
    if (answer.kind !== 'ok') return;
    setSaved(answer.data);
    scrollTo(0, 0);
  };
  return (
    <Page
      title={t('person.details')} reference={details?.reference} lead={t('person.details-lead')} kind="form"
      back={{ href: `/people/${id}`, words: details ? t('ui.back-to', { name: details.given_name }) : t('ui.back') }}
      hasErrors={errors.length > 0}
      says={details && <p class="hide-phone">{t('person.details-changed', { when: momentWords(details.updated_at) })}</p>}
      primary={details && <Button big grow type="submit" form="details" busy={busy}>{t('person.details-save')}</Button>}
    >
      {done && <NotificationBanner tone="success"><p>{t('person.details-saved')}</p></NotificationBanner>}
      <ErrorSummary errors={errors} />
      <AskedFor asked={asked}>
        {() => details && <DetailsForm key={details.updated_at} details={details} errors={errors} onSave={change => void save(change)} />}
      </AskedFor>
    </Page>
  );
}

interface DetailsFormProps {
  details: PersonDetails;
  errors: readonly FormError[];
  onSave: (change: ReturnType<typeof changesOf>) => void;
}

function DetailsForm({ details, errors, onSave }: DetailsFormProps) {
  const [draft, setDraft] = useState<DetailsDraft>(() => draftOf(details));
  const text = (name: 'given_name' | 'family_name' | 'phone' | 'postcode' | 'nino') => ({
    name, value: draft[name], error: errorAt(errors, name), onInput: (value: string) => setDraft({ ...draft, [name]: value }),
  });
  const submit = (event: Event) => {
    event.preventDefault();
    onSave(changesOf(details, draft));
  };
  return (
    <form id="details" noValidate onSubmit={submit}>
      <TextInput {...text('given_name')} label={t('person.given-name')} autocomplete="off" />
      <TextInput {...text('family_name')} label={t('person.family-name')} autocomplete="off" />
      <DayInput
        name="born_on" label={t('person.born-on')} optional max={today()} value={draft.born_on} error={errorAt(errors, 'born_on')}
        onInput={born_on => setDraft({ ...draft, born_on })}
      />
      <TextInput {...text('phone')} label={t('person.phone')} hint={t('person.phone-hint')} optional type="tel" width={20} autocomplete="off" />
      <TextInput {...text('postcode')} label={t('person.postcode')} optional width={10} autocomplete="off" />
      <Select
        name="language" label={t('person.language')} hint={t('person.language-hint')} value={draft.language} error={errorAt(errors, 'language')}
        onInput={language => setDraft({ ...draft, language })} options={languageOptions(details.language)}
      />
      <TextArea
        name="access_needs" label={t('person.access-needs')} hint={t('person.access-hint')} optional rows={2} maxLength={300}
        value={draft.access_needs} error={errorAt(errors, 'access_needs')} onInput={access_needs => setDraft({ ...draft, access_needs })}
      />
      <TextInput
        {...text('nino')} label={t('person.nino')} hint={details.has_nino ? t('person.nino-kept') : t('person.nino-none')} optional width={20}
        autocomplete="off"
      />
      {details.has_nino && (
        <Checkboxes
          name="drops_nino" label={t('person.nino')} hideLabel options={[{ value: 'yes', label: t('person.nino-drop') }]}
          values={draft.drops_nino ? ['yes'] : []} onInput={values => setDraft({ ...draft, drops_nino: values.length > 0 })}
        />
      )}
      <Note>{t('person.details-note')}</Note>
    </form>
  );
}

/** By name, English and Welsh first; one that no list names stands there by its code. */
function languageOptions(own: string) {
  const known = LANGUAGES.map(value => ({ value: value as string, label: t(`person.language-${value}`) }));
  const [english, welsh, ...others] = known;
  others.sort((one, other) => one.label.localeCompare(other.label));
  const options = [english, welsh, ...others].filter(option => option !== undefined);
  return options.some(({ value }) => value === own) ? options : [...options, { value: own, label: phraseFor('person', `language-${own}`) ?? own }];
}
