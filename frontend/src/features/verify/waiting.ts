import { computed, signal } from '@preact/signals';
import { getVerificationCount, type VerificationQueue } from '../../api/verification';
import type { Answer } from '../../lib/result';
import { holdsRole } from '../../store/session';

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

/** Count anew. */
export async function refreshWaiting(): Promise<void> {
  const answer = await getVerificationCount();
  if (answer.kind === 'ok') waiting.value = answer.data.waiting;
}
