import { refreshCsrfToken, send } from '../api/client';
import type { Answer, Problem } from '../lib/result';
import type { OutboxRow, Store } from '../store/database';
import { markFileComplete, outboxRows, queuedFile, settle, type Settled } from '../store/outbox';
import { deviceState, type DeviceState } from './device-state';
import { uploadFile } from './upload';

/** The most items that one batch carries. */
export const BATCH_ITEMS = 100;

/** How a flush ended. `again` says to come back later by itself; `signed-out` waits for a person. */
export type FlushEnd =
  | { kind: 'done'; isRevoked?: boolean }
  | { kind: 'signed-out' }
  | { kind: 'again'; offline: boolean; retryAfterSeconds: number | null };

interface ItemOutcome {
  id: string;
  outcome: 'recorded' | 'already-recorded' | 'conflict' | 'refused' | 'quarantined';
  receipt?: unknown;
  problem?: Partial<Problem>;
}

interface BatchAnswer {
  outcomes: ItemOutcome[];
  device?: { revoked: boolean };
}

/** The answers that judge what was sent. Any other is about the moment, the sign-in or the way: it burns nothing. */
const JUDGING_STATUSES = new Set([400, 403, 404, 409, 410, 413, 415, 422]);
const TAKEN = new Set(['recorded', 'already-recorded', 'quarantined']);

/**
 * Send what waits, oldest first, until nothing does or something stands in the way. Only in its author's session:
 * what they left here waits while somebody else is signed in. It needs no key of theirs: what is sent is sealed.
 *
 * Items go in batches up to the first whose files have not all arrived; then those files go, and so on, so that a
 * large photo never holds up what was recorded before it. Nothing leaves the outbox before the server has answered
 * for it by name.
 * @param onSending is told which items are under way.
 */
export async function flush(store: Store, onSending: (ids: string[]) => void): Promise<FlushEnd> {
  let waiting = await waitingItems(store);
  if (waiting.length === 0) return { kind: 'done' };
  const token = await refreshCsrfToken();
  if (token.kind !== 'ok') return endOf(token);
  if (token.data.user.id !== store.userId) return { kind: 'signed-out' };
  let isRevoked = false;
  while (waiting.length > 0) {
    const { ready, blocked } = await split(store, waiting);
    const sent = ready.length > 0 ? ready : blocked ? [blocked] : [];
    onSending(sent.map(item => item.id));
    const end = ready.length > 0 ? await sendBatch(store, ready) : await sendFiles(store, blocked!);
    if (end.kind !== 'done') return end;
    isRevoked ||= end.isRevoked ?? false;
    waiting = await waitingItems(store);
  }
  return isRevoked ? { kind: 'done', isRevoked } : { kind: 'done' };
}

async function waitingItems(store: Store): Promise<OutboxRow[]> {
  return (await outboxRows(store)).filter(item => !item.parked);
}

/** The oldest items that may go now, and the first that still waits for a file. */
async function split(store: Store, waiting: OutboxRow[]): Promise<{ ready: OutboxRow[]; blocked?: OutboxRow }> {
  const ready: OutboxRow[] = [];
  for (const item of waiting.slice(0, BATCH_ITEMS)) {
    const files = await Promise.all(item.files.map(sha256 => queuedFile(store, sha256)));
    if (files.some(file => file && !file.complete)) return { ready, blocked: item };
    ready.push(item);
  }
  return { ready };
}

async function sendBatch(store: Store, items: OutboxRow[]): Promise<FlushEnd> {
  const state = await deviceState(store);
  const answer = await send<BatchAnswer>('POST', '/api/sync/batches', batchOf(items, state));
  if (answer.kind !== 'ok') return batchRefused(store, items, answer);
  const byId = new Map(answer.data.outcomes.map(outcome => [outcome.id, outcome]));
  const settled = items.flatMap(item => {
    const outcome = byId.get(item.id);
    return outcome ? [settledBy(item, outcome)] : []; // not answered for: it waits
  });
  if (settled.some(({ refusal }) => refusal?.code === 'sealed-for-another') && !(await isStillAuthor(store))) return { kind: 'signed-out' };
  await settle(store, settled, new Date().toISOString());
  if (settled.length === 0) return { kind: 'again', offline: false, retryAfterSeconds: null };
  return { kind: 'done', isRevoked: answer.data.device?.revoked ?? false };
}

/** Somebody else may have signed in between the question and the batch: then the answer was about them. */
async function isStillAuthor(store: Store): Promise<boolean> {
  const answer = await refreshCsrfToken();
  return answer.kind === 'ok' && answer.data.user.id === store.userId;
}

/**
 * A batch refused as a whole. Where waiting helps, wait. Otherwise one item in it cannot be read: halve the batch
 * until it stands alone, and park that one.
 */
async function batchRefused(
  store: Store,
  items: OutboxRow[],
  answer: Exclude<Answer<unknown>, { kind: 'ok' }>,
): Promise<FlushEnd> {
  if (answer.kind !== 'problem' || mayWait(answer.problem)) return endOf(answer);
  if (items.length > 1) {
    const middle = Math.ceil(items.length / 2);
    const end = await sendBatch(store, items.slice(0, middle));
    return end.kind === 'done' ? sendBatch(store, items.slice(middle)) : end;
  }
  await settle(store, [{ sequence: items[0]!.sequence, refusal: answer.problem }], new Date().toISOString());
  return { kind: 'done' };
}

async function sendFiles(store: Store, item: OutboxRow): Promise<FlushEnd> {
  for (const sha256 of item.files) {
    const file = await queuedFile(store, sha256);
    if (!file || file.complete) continue;
    const answer = await uploadFile(file, item.device);
    if (answer.kind === 'ok') await markFileComplete(store, sha256);
    else if (answer.kind === 'problem' && !mayWait(answer.problem)) {
      await settle(store, [{ sequence: item.sequence, refusal: answer.problem }], new Date().toISOString());
      return { kind: 'done' };
    } else return endOf(answer);
  }
  return { kind: 'done' };
}

function batchOf(items: OutboxRow[], state: DeviceState | null) {
  // A server that knows no seals knows nothing of a device's state either, and refuses what it does not know.
  return { items: items.map(wireItem), ...(state ? { sent_at: new Date().toISOString(), device_state: state } : {}) };
}

/** An item as it travels; the same bytes at each try. */
export function wireItem({ id, device, epoch, sequence, schema, replaces, sealed, content_sha256, open }: OutboxRow) {
  const place = { id, device, epoch, sequence, schema };
  if (!sealed) return { ...place, action: open?.action, body: open?.body, recorded_at: open?.recorded_at };
  return { ...place, ...(replaces ? { replaces } : {}), content_sha256, sealed };
}

function settledBy(item: OutboxRow, { outcome, receipt, problem }: ItemOutcome): Settled {
  if (TAKEN.has(outcome)) return { sequence: item.sequence, receipt };
  return { sequence: item.sequence, refusal: { title: outcome, status: 409, code: outcome, ...problem } };
}

/** Whether a problem leaves what was sent as good as it was: keep it and come back. Nobody but our server judges. */
function mayWait(problem: Problem): boolean {
  return problem.isMade === true || !JUDGING_STATUSES.has(problem.status) || problem.code.startsWith('csrf');
}

function endOf(answer: Exclude<Answer<unknown>, { kind: 'ok' }>): FlushEnd {
  if (answer.kind === 'signed-out') return { kind: 'signed-out' };
  const retryAfterSeconds = answer.kind === 'problem' ? answer.retryAfterSeconds : null;
  return { kind: 'again', offline: answer.kind === 'offline', retryAfterSeconds };
}
