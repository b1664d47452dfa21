import { computed, signal } from '@preact/signals';
import { askWorker } from '../lib/worker';
import { factOf } from '../store/device';
import type { Store } from '../store/database';
import { isByReference } from '../store/expiry';
import { holdsLibrary } from '../store/library';
import { isRevoked } from '../store/session';
import { noteReady } from './device-state';
import { holdsLists, missingJourneys, recallReady } from './holdings';

/** Why a tablet is not ready to be taken where there is no signal; in the order in which one puts it right. */
export type NotReady =
  | { code: 'revoked' }
  | { code: 'no-vault' }
  | { code: 'no-app' }
  | { code: 'no-seal' }
  | { code: 'expired' }
  | { code: 'no-list' }
  | { code: 'journeys'; count: number }
  | { code: 'no-library' }
  | { code: 'not-persisted' };

const reasons = signal<readonly NotReady[] | null>(null);

/** What is missing; empty when everybody opens without a connection, null until it was looked at. */
export const notReady = computed(() => reasons.value);
export const isReady = computed(() => reasons.value?.length === 0);

/** Look whether everybody on this tablet opens where there is no signal. */
export async function checkReady(store: Store): Promise<void> {
  await recallReady(store);
  const found = await whatIsMissing(store);
  reasons.value = found;
  noteReady(found.length === 0);
}

export function forgetReady(): void {
  reasons.value = null;
}

async function whatIsMissing(store: Store): Promise<NotReady[]> {
  const missing = await missingJourneys(store);
  const checks: (NotReady | null)[] = [
    isRevoked.value ? { code: 'revoked' } : null,
    (await store.cabinet.hasVault()) ? null : { code: 'no-vault' },
    (await askWorker('is-all-kept')) ? null : { code: 'no-app' },
    (await factOf('seal')) ? null : { code: 'no-seal' },
    isByReference.value ? { code: 'expired' } : null,
    !isByReference.value && (missing === null || !(await holdsLists(store))) ? { code: 'no-list' } : null,
    missing ? { code: 'journeys', count: missing } : null,
    (await holdsLibrary(store)) ? null : { code: 'no-library' },
    (await navigator.storage?.persisted?.()) ? null : { code: 'not-persisted' },
  ];
  return checks.filter(check => check !== null);
}
