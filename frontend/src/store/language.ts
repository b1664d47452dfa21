import { putLanguage } from '../api/language';
import { chooseLanguage, LANGUAGES, type Language } from '../lib/i18n';
import { loadSession, session } from './session';

const KEPT_AS = 'waymark-language';

/** What this device remembers: the language last used here, and for whose account it was not sent yet. */
interface Kept {
  language: Language;
  unsentFor?: string;
}

/** Chosen before signing in: it is the choice of whoever signs in next. */
const WHOEVER = 'whoever';

/** Speak the language last used on this device, before anybody is signed in. */
export async function recallLanguage(): Promise<void> {
  await speak(kept().language);
}

/** The reader chose a language: the page changes at once, the account as soon as there is a connection. */
export async function switchLanguage(next: Language): Promise<void> {
  const now = session.value;
  keep({ language: next, unsentFor: now.kind === 'signed-in' ? now.session.user.id : WHOEVER });
  await speak(next);
  await sendLanguage();
}

/** Somebody signed in: a choice made here and not sent yet goes to their account, else their account decides. */
export async function followAccount(): Promise<void> {
  const now = session.value;
  if (now.kind !== 'signed-in') return;
  if (isUnsent(now.session.user.id)) return sendLanguage();
  const language = known(now.session.user.language);
  if (!language) return;
  keep({ language });
  await speak(language);
}

/** Send a choice that could not be sent when it was made, if there is one. */
export async function sendLanguage(): Promise<void> {
  const now = session.value;
  if (now.kind !== 'signed-in' || !isUnsent(now.session.user.id)) return;
  const { language } = kept();
  const answer = await putLanguage(language);
  if (answer.kind !== 'ok') return;
  keep({ language });
  await loadSession(); // what this device keeps of the session names the language, too
}

function isUnsent(userId: string): boolean {
  const { unsentFor } = kept();
  return unsentFor === WHOEVER || unsentFor === userId;
}

/** Where a language's words cannot be had just now, the page stays readable as it is. */
async function speak(next: Language): Promise<void> {
  await chooseLanguage(next).catch(() => undefined);
}

function known(language: unknown): Language | null {
  return LANGUAGES.find(one => one === language) ?? null;
}

function keep(choice: Kept): void {
  localStorage.setItem(KEPT_AS, JSON.stringify(choice));
}

/** What is kept may be anything: another tab, an older version, a person's own hand. */
function kept(): Kept {
  try {
    const found = JSON.parse(localStorage.getItem(KEPT_AS) ?? '{}') as Partial<Kept>;
    return { language: known(found.language) ?? 'en', unsentFor: found.unsentFor };
  } catch {
    return { language: 'en' };
  }
}
