import { isSomebodysTurn } from '../store/quiet';
import { lock, session } from '../store/session';

const MINUTE_MS = 60_000;
/** Nobody has touched it. */
export const QUIET_MS = 5 * MINUTE_MS;
/** In a participant's turn. */
export const TURN_QUIET_MS = 20 * MINUTE_MS;
/** Another app is in front, or the screen is off. */
export const HIDDEN_MS = MINUTE_MS;
/** Our own camera or file picker is in front. */
export const PICKER_MS = 10 * MINUTE_MS;
const LOOK_EVERY_MS = 5_000;

/** What has happened on the screen, by the clock. */
export interface Presence {
  touchedAt: number;
  hiddenAt: number | null;
  pickerAt: number | null;
  isTurn: boolean;
}

/** Whether it is time to lock: left alone, or out of sight, and not because of our own camera. */
export function isLeftAlone({ touchedAt, hiddenAt, pickerAt, isTurn }: Presence, now: number): boolean {
  if (pickerAt !== null) return now - pickerAt >= PICKER_MS;
  if (hiddenAt !== null && now - hiddenAt >= HIDDEN_MS) return true;
  return now - touchedAt >= (isTurn ? TURN_QUIET_MS : QUIET_MS);
}

const presence = { touchedAt: Date.now(), hiddenAt: null as number | null, pickerAt: null as number | null };

/** Watch over an unlocked tablet; who has not set it up is not locked by us. */
export function startLocking(): void {
  for (const touch of ['pointerdown', 'keydown', 'wheel', 'touchstart']) {
    addEventListener(touch, noteTouch, { capture: true, passive: true });
  }
  addEventListener('click', notePicker, { capture: true });
  for (const end of ['change', 'cancel']) addEventListener(end, notePickerClosed, { capture: true });
  document.addEventListener('visibilitychange', noteSight);
  setInterval(() => void lockIfLeft(), LOOK_EVERY_MS);
}

/** Lock at once: the person asks for it. */
export async function lockNow(): Promise<void> {
  if (!(await lock())) return;
  if (!navigator.serviceWorker?.controller) return;
  // What scripts still hold in memory goes with the page; offline the app's own worker brings it back. Until then
  // nothing is shown: words typed into this page would go with it.
  const root = document.getElementById('app');
  if (root) root.hidden = true;
  location.reload();
  await new Promise(() => undefined);
}

async function lockIfLeft(): Promise<void> {
  const { kind } = session.value;
  if (kind !== 'signed-in' && kind !== 'lapsed') return;
  if (!isLeftAlone({ ...presence, isTurn: isSomebodysTurn() }, Date.now())) return;
  await lockNow();
}

function noteTouch(): void {
  presence.touchedAt = Date.now();
  // With a picker in front, or out of sight, nobody touches the page; not every browser tells that it is back.
  presence.pickerAt = null;
  presence.hiddenAt = null;
}

function notePicker(event: Event): void {
  if (event.target instanceof HTMLInputElement && event.target.type === 'file') presence.pickerAt = Date.now();
}

function notePickerClosed(event: Event): void {
  if (!(event.target instanceof HTMLInputElement) || event.target.type !== 'file') return;
  presence.pickerAt = null;
  presence.touchedAt = Date.now();
  // A camera leaves the page hidden for a moment longer.
  if (document.visibilityState === 'hidden') presence.hiddenAt = Date.now();
}

function noteSight(): void {
  if (document.visibilityState === 'hidden') {
    presence.hiddenAt = Date.now();
    return;
  }
  const root = document.getElementById('app');
  if (root && isLeftAlone({ ...presence, isTurn: isSomebodysTurn() }, Date.now())) {
    // Nothing of what stood there is painted before the lock has fallen.
    root.hidden = true;
    void lockIfLeft().finally(() => {
      root.hidden = false;
      presence.hiddenAt = null;
    });
    return;
  }
  presence.hiddenAt = null;
}
