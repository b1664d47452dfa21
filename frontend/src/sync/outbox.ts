import { batch, computed, signal } from '@preact/signals';
import { whenReached } from '../api/client';
import { deleteParked } from '../api/tablet';
import { sha256 } from '../lib/hash';
import { t } from '../lib/i18n';
import { momentWords } from '../lib/dates';
import type { Problem } from '../lib/result';
import { uuid7 } from '../lib/uuid7';
import type { About, QueuedFile } from '../store/database';
import { whenOpenedHere } from '../store/openings';
import { addToOutbox, outboxItems, receivedItems, removeFromOutbox, standsFor, unpark, type Alongside, type OutboxItem } from '../store/outbox';
import { currentStore, holdsRole, loadSession, store, takenOutOfUse, whenLeft } from '../store/session';
import { isFull, keepReserve, makeRoomFor, whyNotSaved } from '../store/space';
import { nextDelayMs } from './backoff';
import { madeAt } from './device-state';
import { flush } from './flush';
import { checkReady } from './ready';
import { currentSealer, forgetSealer, refreshSeal } from './sealing';

/** The one word that a record made here carries. */
export type RecordState = 'saved' | 'sending' | 'received' | 'needs';

/** A record made on this device, as lists show it. */
export interface LocalRecord {
  id: string;
  action: string;
  body?: unknown;
  about: About;
  recorded_at: string;
  received_at?: string;
  state: RecordState;
  /** The record that it corrects or takes back. */
  stands_for?: string | undefined;
  refusal?: Problem;
}

const records = signal<LocalRecord[]>([]);
const sendingIds = signal<ReadonlySet<string>>(new Set());
const online = signal(typeof navigator === 'undefined' || navigator.onLine);
const lastReceivedAt = signal<string | null>(null);

/** What was recorded on this device, newest first: all that waits, and the last that were received. */
export const localRecords = computed<LocalRecord[]>(() =>
  records.value.map(record =>
    record.state === 'saved' && sendingIds.value.has(record.id) ? { ...record, state: 'sending' } : record,
  ),
);
/** How many there are of each state. */
export const counts = computed(() => {
  const tally: Record<RecordState, number> = { saved: 0, sending: 0, received: 0, needs: 0 };
  for (const record of localRecords.value) tally[record.state] += 1;
  return tally;
});
/** How many are not received yet, whatever their state. */
export const unsentCount = computed(() => counts.value.saved + counts.value.sending + counts.value.needs);
/** How many go by themselves, once there is a connection and somebody is signed in. */
export const goingCount = computed(() => counts.value.saved + counts.value.sending);
/** Whether the last request found the server. */
export const isOnline = computed(() => online.value);
/** When the server last took something from this device. */
export const lastSentAt = computed(() => lastReceivedAt.value);

/** A record to write. */
export interface ToRecord {
  /** The record's own id, which its body names too. */
  id: string;
  action: string;
  body: unknown;
  about: About;
  files?: File[];
  /** When it was recorded, by this device's clock. */
  at: Date;
}

/**
 * Record something, and what belongs to it: all of it is kept on this device when the promise resolves, and goes to the
 * server by itself. Where it cannot be written, none of it is, and the app says so.
 */
export async function record(wanted: readonly ToRecord[], alongside: Alongside = {}): Promise<void> {
  const open = currentStore();
  try {
    const items = await Promise.all(wanted.map(async ({ files = [], at, ...item }) => (
      { ...item, files: await Promise.all(files.map(queued)), recorded_at: at.toISOString() }
    )));
    const sealer = await currentSealer();
    await makeRoomFor(open, () => addToOutbox(open, items, sealer, alongside));
  } catch (error) {
    throw whyNotSaved(error);
  }
  if (isFull.value) void checkReady(open); // people's journeys may have made room
  await refreshRecords();
  announceChange();
  void flushNow();
}

/** Give up an item that needs somebody: it is taken off this device, and the server forgets what it said. */
export async function giveUp(id: string): Promise<void> {
  await removeFromOutbox(currentStore(), id);
  void deleteParked(id);
  await refreshRecords();
  announceChange();
}

/** Send an item that needed somebody once more as it is: what stood in its way is out of it. */
export async function sendAgain(id: string): Promise<void> {
  await unpark(currentStore(), id);
  await refreshRecords();
  void flushNow();
}

/** Note that a journey was opened here without the server: it goes into the list of readers with the rest. */
export async function noteOpening(enrolmentId: string, at: Date): Promise<void> {
  const sealer = await currentSealer();
  const open = store.value;
  if (!sealer || !open) return;
  const body = { enrolment_id: enrolmentId, opened_at: at.toISOString() };
  const about = { enrolment_id: enrolmentId, words: '' };
  const item = { id: uuid7(), action: 'opening', body, about, files: [], recorded_at: at.toISOString(), isOpening: true };
  await addToOutbox(open, [item], sealer);
}

/** Read the outbox anew. */
export async function refreshRecords(): Promise<void> {
  const open = store.value;
  if (!open) {
    records.value = [];
    return;
  }
  const [waiting, received] = await Promise.all([outboxItems(open), receivedItems(open)]);
  batch(() => {
    records.value = [
      ...waiting.filter(item => !item.is_opening).reverse().map(recordOf),
      ...received.map(({ id, action, about, recorded_at, received_at, stands_for }): LocalRecord => (
        { id, action, about, recorded_at, received_at, stands_for, state: 'received' }
      )),
    ];
    lastReceivedAt.value = received[0]?.received_at ?? null;
  });
}

/** What a list shows of an item; where its author's key is not here, only when it was made. */
function recordOf({ id, said, parked }: OutboxItem): LocalRecord {
  const state = parked ? 'needs' : 'saved';
  if (!said) {
    const recorded_at = madeAt(id);
    const refusal = parked && { ...parked, title: parked.code };
    return { id, action: '', about: { words: t('app.sealed-record', { at: momentWords(recorded_at) }) }, recorded_at, refusal, state };
  }
  const { action, body, about, recorded_at, refusal } = said;
  return { id, action, body, about, recorded_at, stands_for: standsFor(said), refusal: refusal ?? (parked && { ...parked, title: parked.code }), state };
}

let tries = 0;
/** Until then, by the browser's own clock that nobody sets, the server asked to be left alone. */
let notBefore = 0;
let timer: ReturnType<typeof setTimeout> | undefined;
let running: Promise<void> | null = null;
let asked = false;

/** Send what waits now. Asked again while it runs, it runs once more; in several tabs, one sends. */
export function flushNow(): Promise<void> {
  asked = true;
  running ??= (async () => {
    while (asked) {
      asked = false;
      await underLock(flushOnce);
    }
  })().finally(() => (running = null));
  return running;
}

async function flushOnce(): Promise<void> {
  const open = store.value;
  if (!open || performance.now() < notBefore) return; // the timer comes back to it
  clearTimeout(timer);
  const before = lastReceivedAt.value;
  const end = await flush(open, ids => (sendingIds.value = new Set(ids)));
  sendingIds.value = new Set();
  await refreshRecords();
  if (before !== lastReceivedAt.value) {
    announceChange();
    if (isFull.value) await keepReserve(open);
  }
  if (end.kind === 'signed-out') await loadSession();
  if (end.kind === 'done' && end.isRevoked) await takenOutOfUse();
  if (end.kind === 'again') {
    tries += 1;
    notBefore = performance.now() + (end.retryAfterSeconds ?? 0) * 1_000;
    timer = setTimeout(sendAfterWait, nextDelayMs(tries, end.retryAfterSeconds));
    return;
  }
  tries = 0;
}

function sendAfterWait(): void {
  notBefore = 0; // a timer may be a moment early
  void flushNow();
}

async function underLock(work: () => Promise<void>): Promise<void> {
  const name = store.value?.name;
  if (!name) return;
  if (typeof navigator !== 'undefined' && 'locks' in navigator) await navigator.locks.request(`${name}-flush`, work);
  else await work();
}

async function queued(file: File): Promise<QueuedFile> {
  const bytes = await file.arrayBuffer();
  const hash = await sha256(bytes);
  return { sha256: hash, bytes, media_type: mediaType(file), size_bytes: bytes.byteLength, complete: false };
}

/** Some devices give a HEIC photo no type; the server looks at the bytes in any case. */
function mediaType(file: File): string {
  return file.type || (/\.hei[cf]$/i.test(file.name) ? 'image/heic' : 'application/octet-stream');
}

const channel = typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel('waymark-outbox');

function announceChange(): void {
  channel?.postMessage('changed');
}

/** Send whenever it may succeed: at start, when the connection returns, and when the app comes into view. */
export function startSync(): void {
  // An answer that was on its way when the connection went says nothing about now.
  whenReached(reached => (online.value = reached && navigator.onLine));
  whenLeft(() => {
    forgetSealer();
    records.value = [];
  });
  whenOpenedHere((enrolmentId, at) => void noteOpening(enrolmentId, at));
  if (channel) channel.onmessage = () => void refreshRecords();
  addEventListener('online', () => {
    online.value = true;
    tries = 0;
    void flushNow();
  });
  addEventListener('offline', () => (online.value = false));
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') void flushNow();
  });
}

/** Somebody signed in: show their records, seal what waits open, and send it. */
export async function startFor(): Promise<void> {
  tries = 0;
  const open = currentStore();
  await refreshRecords();
  await refreshSeal(open);
  await flushNow();
  await navigator.storage?.persist?.();
  if (holdsRole('worker', 'manager')) await keepReserve(open);
}

/** Somebody is locked out of what they keep here; what they left sealed goes all the same. */
export async function startLocked(): Promise<void> {
  tries = 0;
  await refreshRecords();
  await flushNow();
}
