import { factOf, peopleHere } from '../store/device';
import type { Store } from '../store/database';
import { outboxRows, reached } from '../store/outbox';
import { keptTold } from '../store/told';
import { lostOutbox } from '../store/witness';

/** What a tablet says of itself, for the manager's list of devices; nothing about a person. */
export interface DeviceState {
  device: string;
  app_version: string;
  pending: number;
  oldest_pending_at: string | null;
  /** The last number that this person's outbox gave out. */
  last_sequence: number;
  /** What the server had said of the time before any of what waits, and the last number given out by then. */
  told_at?: string;
  told_sequence?: number;
  persisted: boolean;
  ready: boolean;
  users: number;
  /** What went with this person's outbox of before: the browser lost it. */
  lost?: { reason: string; epoch: number; sequence: number; count: number };
}

/** The build, by the name of its script. */
const VERSION = /-([\w-]{8})\.js$/.exec(import.meta.url)?.[1] ?? 'unbuilt';

let ready = false;

/** The tablet's own mark, as it was last found. */
export function noteReady(isReady: boolean): void {
  ready = isReady;
}

/** What to tell of this tablet; null for a server that asks for nothing of the kind. */
export async function deviceState(store: Store): Promise<DeviceState | null> {
  if (!(await factOf('seal'))) return null;
  const [rows, people, device, { sequence }, told] = await Promise.all([
    outboxRows(store), peopleHere(), store.run(database => database.get('meta', 'device')), reached(store), keptTold(store),
  ]);
  const lost = lostOutbox(store.userId);
  const [oldest] = rows.filter(row => !row.is_opening);
  return {
    device: String(device),
    app_version: VERSION,
    pending: rows.length,
    oldest_pending_at: oldest ? madeAt(oldest.id) : null,
    last_sequence: sequence,
    ...told,
    persisted: (await navigator.storage?.persisted?.()) ?? false,
    ready,
    users: people.length,
    ...(lost ? { lost: { reason: 'store-gone', epoch: lost.epoch, sequence: lost.sequence, count: lost.waiting } } : {}),
  };
}

/** When an item was made: a UUIDv7 begins with its moment. */
export function madeAt(id: string): string {
  return new Date(Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16)).toISOString();
}
