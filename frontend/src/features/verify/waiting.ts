import { computed, signal } from '@preact/signals';
import { getVerificationQueue, type VerificationQueue } from '../../api/verification';
import type { Answer } from '../../lib/result';
import { currentSession, holdsRole } from '../../store/session';

const waiting = signal<number | null>(null);

/** How many records wait for the signed-in person; their own, which somebody else verifies, are not among them. */
export const waitingCount = computed(() => waiting.value);
/** Whether verifying is their work at all: a manager's, and whoever was sent something from outside. */
export const mayBeAsked = computed(() => holdsRole('manager') || waiting.value !== null);

/** Take the count from a queue that was answered. */
export function noteQueue(answer: Answer<VerificationQueue>): void {
  if (answer.kind === 'ok') waiting.value = answer.data.items.filter(item => !item.own).length;
  else if (answer.kind === 'problem') waiting.value = null;
}

/** Count anew. Who manages nobody and was refused once is not asked for again while this tab is open. */
export async function refreshWaiting(): Promise<void> {
  const refused = `waymark-verifies-nothing:${currentSession().membership.id}`;
  if (!holdsRole('manager') && sessionStorage.getItem(refused)) return;
  const answer = await getVerificationQueue();
  if (answer.kind === 'problem' && answer.problem.status === 403) sessionStorage.setItem(refused, '1');
  noteQueue(answer);
}
