import { useLocation, useRoute } from 'preact-iso';
import { useState } from 'preact/hooks';
import { getRestriction, putRestriction, type Restriction } from '../../api/standing';
import { t } from '../../lib/i18n';
import { formErrors, type FormError } from '../../lib/problems';
import { useAnswer } from '../../lib/use-answer';
import { forgetJourneys } from '../../store/kept';
import { usePerson } from '../../store/person';
import { currentSession, currentStore } from '../../store/session';
import { announce } from '../../ui/announce';
import { AskedFor } from '../../ui/asked';
import { Button } from '../../ui/button';
import { Checkboxes, Radios } from '../../ui/choices';
import { Confirm } from '../../ui/dialog';
import { errorAt } from '../../ui/error-summary';
import { NotificationBanner } from '../../ui/notification-banner';
import { RecordPage } from '../../ui/record-page';
import { Note } from '../../ui/texts';
import { namesOf, viewerErrors } from './viewers';

/** Who may see somebody: everybody who works with people here, or only those who are named. */
export default function WhoSees() {
  const { id = '' } = useRoute().params;
  const { person, failure } = usePerson(id);
  const asked = useAnswer(id, () => getRestriction(id));
  const [errors, setErrors] = useState<FormError[]>([]);
  const [saved, setSaved] = useState(false);
  return (
    <RecordPage
      title={t('person.who-sees', { name: person?.short_name ?? '' })}
      lead={t('person.who-sees-lead')}
      person={person}
      failure={failure}
      errors={errors}
      primary={asked.data && <Button big grow type="submit" form="who-sees">{t('person.who-sees-save')}</Button>}
    >
      {saved && <NotificationBanner tone="success"><p>{t('person.who-sees-saved')}</p></NotificationBanner>}
      <AskedFor asked={asked}>
        {standing => person && (
          <Viewers
            enrolmentId={id} name={person.short_name} standing={standing} errors={errors} onErrors={setErrors}
            onSaved={() => setSaved(true)}
          />
        )}
      </AskedFor>
    </RecordPage>
  );
}

interface ViewersProps {
  enrolmentId: string;
  name: string;
  standing: Restriction;
  errors: readonly FormError[];
  onErrors: (errors: FormError[]) => void;
  onSaved: () => void;
}

function Viewers({ enrolmentId, name, standing, errors, onErrors, onSaved }: ViewersProps) {
  const { route } = useLocation();
  const { possible } = standing;
  const [onlyNamed, setOnlyNamed] = useState(standing.is_restricted);
  const [named, setNamed] = useState(() => possible.filter(one => standing.viewers.some(viewer => viewer.id === one.id)).map(({ id }) => id));
  const [asking, setAsking] = useState(false);
  const [busy, setBusy] = useState(false);
  const own = currentSession().user.id;
  const leavesOneself = onlyNamed && !named.includes(own);
  const ask = (event: Event) => {
    event.preventDefault();
    const wrong = onlyNamed ? viewerErrors(possible, named) : [];
    onErrors(wrong);
    setAsking(wrong.length === 0);
  };
  const save = async () => {
    setBusy(true);
    const answer = await putRestriction(enrolmentId, onlyNamed ? named : []);
    setBusy(false);
    setAsking(false);
    onErrors(formErrors(answer));
    if (answer.kind !== 'ok') return;
    if (onlyNamed) await forgetJourneys(currentStore(), [enrolmentId]); // such a person is on no device
    if (!leavesOneself) return onSaved();
    route('/people');
    announce(t('person.who-sees-saved'));
  };
  return (
    <>
      <form id="who-sees" noValidate onSubmit={ask}>
        <Radios
          name="who" label={t('person.who')} value={onlyNamed ? 'named' : 'all'} onInput={value => setOnlyNamed(value === 'named')}
          options={[
            { value: 'all', label: t('person.who-all'), hint: t('person.who-all-hint') },
            { value: 'named', label: t('person.who-named'), hint: t('person.who-named-hint') },
          ]}
        />
        {onlyNamed && (
          <Checkboxes
            name="viewer_ids" label={t('person.viewers')} hint={t('person.viewers-hint')} values={named} onInput={setNamed}
            options={possible.map(one => ({
              value: one.id,
              label: one.id === own ? t('ui.key-worker-me', { name: one.name }) : one.name,
              ...(one.can_verify ? { hint: t('person.can-verify') } : {}),
            }))}
            error={errorAt(errors, 'viewer_ids')}
          />
        )}
        {leavesOneself && <Note>{t('person.who-not-you')}</Note>}
      </form>
      <Confirm
        open={asking} busy={busy} onConfirm={() => void save()} onClose={() => setAsking(false)}
        title={onlyNamed ? t('person.who-question', { name }) : t('person.who-lift-question', { name })}
        confirm={onlyNamed ? t('person.who-restrict') : t('person.who-lift')}
      >
        <p>{onlyNamed ? t('person.who-then', { names: namesOf(possible, named) }) : t('person.who-lift-then')}</p>
        {leavesOneself && <p>{t('person.who-not-you')}</p>}
      </Confirm>
    </>
  );
}
