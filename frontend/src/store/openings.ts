import type { Answer } from '../lib/result';

/** How long a journey may be shown from this device before it counts as opened without the server. */
const PATIENCE_MS = 5_000;
/** Opened again within a minute is the same opening. */
const SAME_MS = 60_000;

let listener: (enrolmentId: string, at: Date) => void = () => undefined;
const openedAt = new Map<string, number>();

/** Be told when a journey was shown from this device alone: the server could not note who read it. */
export function whenOpenedHere(noted: (enrolmentId: string, at: Date) => void): void {
  listener = noted;
}

/** A kept journey is on the screen while the server is asked; where it does not answer in time, the opening is noted here. */
export async function watchOpening(enrolmentId: string, asked: Promise<Answer<unknown>>): Promise<void> {
  const at = new Date();
  const patience = new Promise<'late'>(resolve => setTimeout(() => resolve('late'), PATIENCE_MS));
  const came = await Promise.race([asked, patience]);
  if (came !== 'late' && came.kind !== 'offline' && came.kind !== 'signed-out') return;
  const before = openedAt.get(enrolmentId) ?? 0;
  openedAt.set(enrolmentId, at.getTime());
  if (at.getTime() - before > SAME_MS) listener(enrolmentId, at);
}
