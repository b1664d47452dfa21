import type { QueuedRecord } from '../../api/verification';

/** The records of a queue that were not judged on this device a moment ago. */
export function withoutJudged(items: readonly QueuedRecord[], judged: ReadonlySet<string>): QueuedRecord[] {
  return items.filter(item => !judged.has(item.id));
}

/** Which record stands at the right: the one asked for while it is there, else the first that may be judged. */
export function chosenOf(items: readonly QueuedRecord[], wanted: string | undefined): QueuedRecord | null {
  return items.find(item => item.id === wanted || item.root_id === wanted) ?? items.find(item => !item.own) ?? items[0] ?? null;
}

/** The record so many steps after another (or before), or null at either end. */
export function neighbour(items: readonly QueuedRecord[], current: QueuedRecord, step: 1 | -1): QueuedRecord | null {
  return items[items.findIndex(item => item.id === current.id) + step] ?? null;
}

/** What comes after a record was judged: the next that may be, else one before it, else nothing. */
export function afterJudging(items: readonly QueuedRecord[], judged: QueuedRecord): QueuedRecord | null {
  const place = items.findIndex(item => item.id === judged.id);
  const open = (item: QueuedRecord) => !item.own && item.id !== judged.id;
  return items.slice(place + 1).find(open) ?? items.slice(0, Math.max(place, 0)).reverse().find(open) ?? null;
}
