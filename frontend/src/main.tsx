import { effect, untracked } from '@preact/signals';
import { render } from 'preact';
import { App } from './app/app';
import { measureBar } from './app/bar-height';
import { startLocking } from './app/locking';
import { features } from './app/registry';
import { registerWorker } from './app/updates';
import { language } from './lib/i18n';
import { learnFirstWords } from './locales/first';
import { letGo } from './store/expiry';
import { takeScoresOut } from './store/kept';
import { followAccount, recallLanguage, sendLanguage } from './store/language';
import { currentStore, holdsRole, loadSession, NobodyHere, session } from './store/session';
import { NotSaved } from './store/space';
import { refreshHoldings } from './sync/holdings';
import { startFor, startLocked, startSync } from './sync/outbox';
import { checkReady, forgetReady } from './sync/ready';
import { refreshSeal } from './sync/sealing';
import './styles/main.scss';

// What was still being fetched for somebody who has left is let go of; what could not be saved has been told.
addEventListener('unhandledrejection', event => {
  if (event.reason instanceof NobodyHere || event.reason instanceof NotSaved) event.preventDefault();
});
learnFirstWords();
effect(() => void (document.documentElement.lang = language.value === 'en' ? 'en-GB' : language.value));
const root = document.getElementById('app')!;
measureBar(root);
void recallLanguage().then(() => render(<App />, root));
startSync();
startLocking();
void loadSession();
addEventListener('online', () => void loadSession());
void registerWorker();

/** A key worker's device holds their people; it is brought up to date when the app opens or comes back into view. */
async function bringUpToDate(): Promise<void> {
  if (session.value.kind !== 'signed-in' || !holdsRole('worker') || document.visibilityState !== 'visible') return;
  const store = currentStore();
  await letGo(store);
  await takeScoresOut(store);
  await refreshHoldings(store);
  await checkReady(store);
}

/** A tablet that stands open all day still hears whether it is wanted, and under which key to seal. */
const CONTACT_EVERY_MS = 15 * 60_000;
setInterval(() => {
  if (session.value.kind === 'signed-in') void refreshSeal(currentStore()).then(bringUpToDate);
}, CONTACT_EVERY_MS);

document.addEventListener('visibilitychange', () => void bringUpToDate());
addEventListener('online', () => void bringUpToDate());
addEventListener('online', () => void sendLanguage());

let startedFor = '';
effect(() => {
  const now = session.value;
  if (now.kind !== 'signed-in') startedFor = ''; // whoever signs in again is started anew: what waits goes
  if (now.kind === 'signed-out' || now.kind === 'locked') untracked(forgetReady);
  if (now.kind === 'locked') untracked(() => void startLocked());
  if (now.kind !== 'signed-in') return;
  const { user, membership } = now.session;
  // What is kept here speaks one language: whoever reads in another now is started anew, too.
  const who = `${user.id} ${membership.id} ${user.language}`;
  if (who === startedFor) return;
  startedFor = who;
  untracked(() => {
    void followAccount();
    void startFor().then(bringUpToDate);
    for (const feature of features) feature.start?.();
  });
});
