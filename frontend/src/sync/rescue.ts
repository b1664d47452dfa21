import { send } from '../api/client';
import { fromBase64url, toBase64url } from '../lib/bytes';
import type { Answer } from '../lib/result';
import type { SealMarks } from '../lib/seal';
import { Store, type OutboxRow } from '../store/database';
import { deviceId, peopleHere } from '../store/device';
import { outboxRows, queuedFile } from '../store/outbox';
import { wireItem } from './flush';
import { uploadFile } from './upload';

const KIND = 'rescue-1';

type RescuedItem = ReturnType<typeof wireItem> & { user: string };

interface RescuedFile {
  sha256: string;
  media_type: string;
  user_id: string;
  device: string;
  sealed: SealMarks;
  text: string;
}

/** What waits on a tablet, of everybody who used it, sealed: it can be handed in on another machine. */
export interface RescueFile {
  waymark: typeof KIND;
  device: string;
  items: RescuedItem[];
  /** Which of them say that a journey was opened; nobody counts those. */
  openings: string[];
  files: RescuedFile[];
}

/** How many records wait here that a rescue file can hold; that journeys were opened goes along uncounted. */
export async function rescuable(): Promise<number> {
  let count = 0;
  for (const { user_id } of await peopleHere()) {
    const store = new Store(user_id);
    count += (await outboxRows(store)).filter(row => row.sealed && !row.is_opening).length;
    await store.close();
  }
  return count;
}

/** Gather what waits here. It needs nobody's key: all of it is sealed. */
export async function gatherRescue(): Promise<RescueFile> {
  const rescue: RescueFile = { waymark: KIND, device: await deviceId(), items: [], openings: [], files: [] };
  for (const { user_id } of await peopleHere()) {
    const store = new Store(user_id);
    const rows = (await outboxRows(store)).filter(row => row.sealed);
    rescue.items.push(...rows.map(row => ({ ...wireItem(row), user: user_id })));
    rescue.openings.push(...rows.filter(row => row.is_opening).map(row => row.id));
    rescue.files.push(...(await filesOf(store, rows)));
    await store.close();
  }
  return rescue;
}

async function filesOf(store: Store, rows: OutboxRow[]): Promise<RescuedFile[]> {
  const found: RescuedFile[] = [];
  for (const row of rows) {
    for (const sha of row.files) {
      const file = await queuedFile(store, sha);
      if (!file?.sealed || found.some(other => other.sha256 === sha)) continue;
      const { sha256, media_type, sealed, bytes } = file;
      found.push({ sha256, media_type, user_id: store.userId, device: row.device, sealed, text: toBase64url(bytes) });
    }
  }
  return found;
}

/** Read a chosen file; null where it is none of ours. */
export async function readRescue(file: File): Promise<RescueFile | null> {
  try {
    const read = JSON.parse(await file.text()) as RescueFile;
    return read.waymark === KIND && [read.items, read.openings, read.files].every(Array.isArray) ? read : null;
  } catch {
    return null;
  }
}

/** What became of a rescue file's records. */
export interface HandedIn {
  received: number;
  quarantined: number;
  refused: number;
}

const AT_ONCE = 100;

/** Hand a rescue file in: its files first, then what was recorded, a hundred at a time. */
export async function handIn(rescue: RescueFile): Promise<Answer<HandedIn>> {
  for (const { sha256, media_type, sealed, text, device, user_id } of rescue.files) {
    const bytes = fromBase64url(text).buffer;
    const file = { sha256, media_type, bytes, size_bytes: bytes.byteLength, complete: false, sealed };
    const answer = await uploadFile(file, device, { userId: user_id });
    if (answer.kind !== 'ok' && answer.kind !== 'problem') return answer; // a file that is not taken holds up no record
  }
  const openings = new Set(rescue.openings);
  const sum: HandedIn = { received: 0, quarantined: 0, refused: 0 };
  for (let at = 0; at < rescue.items.length; at += AT_ONCE) {
    const items = rescue.items.slice(at, at + AT_ONCE);
    const answer = await send<{ outcomes: { outcome: string }[] }>('POST', '/api/sync/rescues', { items });
    if (answer.kind !== 'ok') return answer as Answer<HandedIn>;
    answer.data.outcomes.forEach(({ outcome }, place) => {
      if (!openings.has(items[place]!.id)) sum[PLACES[outcome] ?? 'refused'] += 1;
    });
  }
  return { kind: 'ok', data: sum, status: 200, etag: null };
}

const PLACES: Record<string, keyof HandedIn> = { recorded: 'received', 'already-recorded': 'received', quarantined: 'quarantined' };
