import { effect, untracked } from '@preact/signals';
import { render } from 'preact';
import { App } from './app/app';
import { features } from './app/registry';
import { registerWorker } from './app/updates';
import { language } from './lib/i18n';
import { learnFirstWords } from './locales/first';
import { followAccount, recallLanguage, sendLanguage } from './store/language';
import { currentStore, holdsRole, loadSession, session } from './store/session';
import { refreshHoldings } from './sync/holdings';
import { startFor, startSync } from './sync/outbox';
import './styles/main.scss';

learnFirstWords();
effect(() => void (document.documentElement.lang = language.value === 'en' ? 'en-GB' : language.value));
await recallLanguage();
render(<App />, document.getElementById('app')!);
startSync();
void loadSession();
addEventListener('online', () => void loadSession());
void registerWorker();

/** A key worker's device holds their people; it is brought up to date when the app opens or comes back into view. */
function bringUpToDate(): void {
  if (holdsRole('worker') && document.visibilityState === 'visible') void refreshHoldings(currentStore());
}

document.addEventListener('visibilitychange', bringUpToDate);
addEventListener('online', bringUpToDate);
addEventListener('online', () => void sendLanguage());

let startedFor = '';
effect(() => {
  const now = session.value;
  if (now.kind === 'signed-out') startedFor = '';
  if (now.kind !== 'signed-in') return;
  const who = `${now.session.user.id} ${now.session.membership.id}`;
  if (who === startedFor) return;
  startedFor = who;
  untracked(() => {
    void followAccount();
    void startFor().then(bringUpToDate);
    for (const feature of features) feature.start?.();
  });
});
