import { signal } from '@preact/signals';
import { useState } from 'preact/hooks';
import type { Session } from '../api/session';
import { t } from '../lib/i18n';
import { failureWords } from '../lib/problems';
import { hasKey, holdsRole, signOut, switchMembership } from '../store/session';
import { loadingProgress, readyAt } from '../sync/holdings';
import { isOnline, unsentCount } from '../sync/outbox';
import { isReady, notReady } from '../sync/ready';
import { QuietButton } from '../ui/button';
import { Confirm } from '../ui/dialog';
import { Nav } from '../ui/nav';
import { TopBar, type MenuEntry, type ReadyMark } from '../ui/top-bar';
import { lockNow } from './locking';
import { currentTab, navFor } from './registry';

const asking = signal(false);

/** The header and navigation of somebody signed in. */
export function Header({ session, path, route }: { session: Session; path: string; route: (url: string) => void }) {
  const tabs = navFor(session.membership.roles);
  const here = currentTab(tabs, path);
  return (
    <>
      <TopBar
        organisation={placeWords(session)}
        online={isOnline.value}
        ready={readyMark()}
        userName={session.user.short_name}
        menu={menuOf(session, route)}
      />
      {tabs.length > 0 && (
        <Nav
          items={tabs.map(tab => ({
            href: tab.path,
            label: t(tab.label as 'nav.today'),
            current: tab.path === here,
            count: tab.count?.() ?? null,
            tone: tab.tone,
          }))}
        />
      )}
      <SignOutQuestion route={route} />
    </>
  );
}

/** Only of a key worker's tablet is anything to be said: theirs is the device that goes where there is no signal. */
function readyMark(): ReadyMark | null {
  if (!holdsRole('worker') || notReady.value === null) return null;
  if (loadingProgress.value) return { kind: 'loading', ...loadingProgress.value };
  return isReady.value && readyAt.value ? { kind: 'ready', at: readyAt.value } : { kind: 'not-ready', count: notReady.value.length };
}

/** Where one acts, and as what unless that is the usual: "Hopeworks", "Northway, claims". */
function placeWords({ membership }: Session): string {
  const [role] = membership.roles;
  const usual = !role || role === 'worker' || role === 'manager';
  return usual ? membership.organisation.name : `${membership.organisation.name}, ${t(`app.role-${role}`)}`;
}

function menuOf(session: Session, route: (url: string) => void): MenuEntry[] {
  const others = session.memberships.filter(membership => membership.id !== session.membership.id);
  return [
    { words: t('app.account'), href: '/account' },
    ...(holdsRole('worker', 'manager') ? [{ words: t('app.tablet'), href: '/tablet' }] : []),
    ...(holdsRole('manager', 'administrator') ? [{ words: t('app.devices'), href: '/devices' }] : []),
    ...(hasKey.value ? [{ words: t('app.lock'), onChoose: () => void lockNow() }] : []),
    ...others.map(other => ({
      words: t('app.act-as', { organisation: other.organisation.name }),
      onChoose: () => void switchMembership(other.id).then(answer => answer.kind === 'ok' && route('/')),
    })),
    { words: t('app.sign-out'), onChoose: () => void (asking.value = true) },
  ];
}

function SignOutQuestion({ route }: { route: (url: string) => void }) {
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const lockInstead = () => {
    asking.value = false;
    void lockNow();
  };
  const leave = async () => {
    setBusy(true);
    const answer = await signOut();
    setBusy(false);
    setFailure(failureWords(answer));
    if (answer.kind !== 'ok') return;
    asking.value = false;
    route('/');
  };
  const waits = unsentCount.value;
  return (
    <Confirm
      open={asking.value}
      title={t('app.sign-out-question')}
      confirm={t('app.sign-out')}
      cancel={t('app.stay')}
      busy={busy}
      onConfirm={() => void leave()}
      onClose={() => (asking.value = false)}
    >
      <p>{waits > 0 ? t('app.sign-out-waits', { count: waits }) : t('app.sign-out-nothing')}</p>
      {failure && <p class="govuk-error-message" role="alert">{failure}</p>}
      {!isOnline.value && hasKey.value && (
        <>
          <p>{t('app.sign-out-offline')}</p>
          <QuietButton onClick={lockInstead}>{t('app.lock')}</QuietButton>
        </>
      )}
    </Confirm>
  );
}
