import { useLocation } from 'preact-iso';
import { useState } from 'preact/hooks';
import { putPassword, type Session } from '../../api/session';
import { t } from '../../lib/i18n';
import { failureWords, formErrors, type FormError } from '../../lib/problems';
import { currentSession, signOut, switchMembership } from '../../store/session';
import { announce } from '../../ui/announce';
import { Button } from '../../ui/button';
import { Confirm } from '../../ui/dialog';
import { ErrorSummary, errorAt } from '../../ui/error-summary';
import { TextInput } from '../../ui/inputs';
import { NotificationBanner } from '../../ui/notification-banner';
import { Page, Section } from '../../ui/page';
import { Row, Rows } from '../../ui/rows';
import { SummaryList } from '../../ui/summary-list';
import { LanguageChoice } from './language';
import { NewPassword } from './new-password';
import { newPasswordErrors } from './password';

/** One's own account: who one is here, where one works, password, sign out everywhere. */
export default function Account() {
  const session = currentSession();
  const [errors, setErrors] = useState<FormError[]>([]);
  const [changed, setChanged] = useState(false);
  return (
    <Page title={t('session.account-title')} kind="form" hasErrors={errors.length > 0}>
      {changed && <NotificationBanner tone="success"><p>{t('session.changed')}</p></NotificationBanner>}
      <ErrorSummary errors={errors} />
      <SummaryList
        rows={[
          { key: t('session.signed-in-as'), value: session.user.name },
          { key: t('session.organisation'), value: session.membership.organisation.name },
          { key: t('session.roles'), value: session.membership.roles.map(role => t(`app.role-${role}`)).join(', ') },
        ]}
      />
      {session.memberships.length > 1 && <Places session={session} onErrors={setErrors} />}
      <LanguageChoice />
      <ChangePassword
        errors={errors}
        onErrors={setErrors}
        onChanged={() => {
          setChanged(true);
          announce(t('session.changed'));
        }}
      />
      <Everywhere onErrors={setErrors} />
    </Page>
  );
}

function Places({ session, onErrors }: { session: Session; onErrors: (errors: FormError[]) => void }) {
  const { route } = useLocation();
  const change = async (membershipId: string) => {
    const answer = await switchMembership(membershipId);
    if (answer.kind === 'ok') route('/');
    else onErrors(formErrors(answer));
  };
  return (
    <Section title={t('session.switch-title')}>
      <p class="section-lead">{t('session.switch-lead')}</p>
      <Rows>
        {session.memberships.map(({ id, organisation, roles }) => (
          <Row
            key={id}
            title={organisation.name}
            side={id === session.membership.id
              ? <span class="soft">{t('session.switch-now')}</span>
              : <Button second onClick={() => void change(id)}>{t('session.switch-to', { organisation: organisation.name })}</Button>}
          >
            <p>{roles.map(role => t(`app.role-${role}`)).join(', ')}</p>
          </Row>
        ))}
      </Rows>
    </Section>
  );
}

interface ChangePasswordProps {
  errors: FormError[];
  onErrors: (errors: FormError[]) => void;
  onChanged: () => void;
}

function ChangePassword({ errors, onErrors, onChanged }: ChangePasswordProps) {
  const [current, setCurrent] = useState('');
  const [password, setPassword] = useState('');
  const [again, setAgain] = useState('');
  const [busy, setBusy] = useState(false);

  const submit = async (event: Event) => {
    event.preventDefault();
    const missing = current ? [] : [{ field: 'current', message: t('session.current-missing') }];
    const wrong = [...missing, ...newPasswordErrors('new', password, again)];
    onErrors(wrong);
    if (wrong.length > 0) return;
    setBusy(true);
    const answer = await putPassword(current, password);
    setBusy(false);
    onErrors(formErrors(answer));
    if (answer.kind !== 'ok') return;
    setCurrent('');
    setPassword('');
    setAgain('');
    onChanged();
  };

  return (
    <Section title={t('session.change-title')}>
      <form noValidate class="section-form" onSubmit={event => void submit(event)}>
        <TextInput
          name="current"
          type="password"
          label={t('session.current-password')}
          autocomplete="current-password"
          value={current}
          onInput={setCurrent}
          error={errorAt(errors, 'current')}
        />
        <NewPassword name="new" password={password} again={again} onPassword={setPassword} onAgain={setAgain} errors={errors} />
        <Button type="submit" busy={busy}>{t('session.change')}</Button>
      </form>
    </Section>
  );
}

function Everywhere({ onErrors }: { onErrors: (errors: FormError[]) => void }) {
  const { route } = useLocation();
  const [asking, setAsking] = useState(false);
  const [busy, setBusy] = useState(false);
  const leave = async () => {
    setBusy(true);
    const answer = await signOut(true);
    setBusy(false);
    setAsking(false);
    if (failureWords(answer)) onErrors(formErrors(answer));
    else route('/sign-in');
  };
  return (
    <Section title={t('session.everywhere-title')}>
      <p class="section-lead">{t('session.everywhere-lead')}</p>
      <Button second onClick={() => setAsking(true)}>{t('session.everywhere')}</Button>
      <Confirm
        open={asking}
        title={t('session.everywhere-question')}
        confirm={t('session.everywhere')}
        busy={busy}
        onConfirm={() => void leave()}
        onClose={() => setAsking(false)}
      >
        <p>{t('session.everywhere-note')}</p>
      </Confirm>
    </Section>
  );
}
