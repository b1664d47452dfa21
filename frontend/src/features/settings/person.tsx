import { useLocation, useRoute } from 'preact-iso';
import { useState } from 'preact/hooks';
import { deleteMembership, getPeople, postPasswordReset, putRoles, type Colleague } from '../../api/settings';
import type { Role } from '../../lib/feature';
import { t } from '../../lib/i18n';
import { formErrors, type FormError } from '../../lib/problems';
import { useAnswer } from '../../lib/use-answer';
import { announce } from '../../ui/announce';
import { AskedFor } from '../../ui/asked';
import { Button } from '../../ui/button';
import { Confirm } from '../../ui/dialog';
import { EmptyState } from '../../ui/empty-state';
import { ErrorSummary, errorAt } from '../../ui/error-summary';
import { NotificationBanner } from '../../ui/notification-banner';
import { Page, Section } from '../../ui/page';
import { OneTimeLink } from './one-time-link';
import { RoleField } from './roles';

/** One colleague: their roles, a new password, and the end of their place here. */
export default function Person() {
  const { membershipId } = useRoute().params;
  const people = useAnswer('people', getPeople);
  const person = people.data?.items.find(one => one.id === membershipId);
  return (
    <Page
      title={person?.name ?? t('settings.person')}
      lead={person?.email}
      kind="day"
      back={{ href: '/settings/people', words: t('settings.people') }}
    >
      <AskedFor asked={people}>
        {() => (person ? <Place person={person} /> : <EmptyState title={t('settings.person-gone')}>{t('settings.person-gone-what')}</EmptyState>)}
      </AskedFor>
    </Page>
  );
}

function Place({ person }: { person: Colleague }) {
  const { route } = useLocation();
  const [roles, setRoles] = useState<Role[]>(person.roles as Role[]);
  const [errors, setErrors] = useState<FormError[]>([]);
  const [busy, setBusy] = useState(false);
  const [saved, setSaved] = useState(false);
  const [link, setLink] = useState<string | null>(null);
  const [ending, setEnding] = useState(false);

  const save = async (event: Event) => {
    event.preventDefault();
    setBusy(true);
    const answer = await putRoles(person.id, roles);
    setBusy(false);
    setErrors(formErrors(answer));
    setSaved(answer.kind === 'ok');
    if (answer.kind === 'ok') announce(t('settings.roles-saved'));
  };
  const reset = async () => {
    setBusy(true);
    const answer = await postPasswordReset(person.id);
    setBusy(false);
    setErrors(formErrors(answer));
    if (answer.kind === 'ok') setLink(answer.data.link);
  };
  const end = async () => {
    setBusy(true);
    const answer = await deleteMembership(person.id);
    setBusy(false);
    setEnding(false);
    setErrors(formErrors(answer));
    if (answer.kind === 'ok') route('/settings/people');
  };

  return (
    <>
      {saved && <NotificationBanner tone="success"><p>{t('settings.roles-saved')}</p></NotificationBanner>}
      <ErrorSummary errors={errors} />
      <form noValidate class="section-form" onSubmit={event => void save(event)}>
        <RoleField roles={roles} onInput={setRoles} error={errorAt(errors, 'roles')} />
        <Button type="submit" busy={busy}>{t('settings.save-roles')}</Button>
      </form>
      <Section title={t('settings.password')}>
        <p class="section-lead">{t('settings.password-what')}</p>
        {link ? <OneTimeLink link={link} name={person.name} /> : <Button second busy={busy} onClick={() => void reset()}>{t('settings.make-link')}</Button>}
      </Section>
      <Section title={t('settings.end-place')}>
        <p class="section-lead">{t('settings.end-place-what')}</p>
        <Button second onClick={() => setEnding(true)}>{t('settings.end-place')}</Button>
        <Confirm
          open={ending}
          title={t('settings.end-place-question', { name: person.name })}
          confirm={t('settings.end-place')}
          busy={busy}
          onConfirm={() => void end()}
          onClose={() => setEnding(false)}
        >
          <p>{t('settings.end-place-note')}</p>
        </Confirm>
      </Section>
    </>
  );
}
