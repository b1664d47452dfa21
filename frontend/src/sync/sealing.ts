import { getSeal } from '../api/tablet';
import { Sealer, type SealKey } from '../lib/seal';
import { factOf, keepFact } from '../store/device';
import type { Store } from '../store/database';
import { sealOpenItems } from '../store/outbox';
import { backInUse, takenOutOfUse } from '../store/session';
import { noteTold } from '../store/told';

let sealer: Promise<Sealer> | null = null;
let sealsTo = '';

/** What seals from this unlocking on; null while no key of the server's is known here. */
export async function currentSealer(): Promise<Sealer | null> {
  const key = await factOf('seal');
  return key ? sealerTo(key) : null;
}

/** The next sealer has an ephemeral pair of its own: somebody else is here, or the same person anew. */
export function forgetSealer(): void {
  sealer = null;
}

/** Fetch the server's key, and seal what waits open. @returns whether a key is known. */
export async function refreshSeal(store: Store): Promise<boolean> {
  const device = await store.run(database => database.get('meta', 'device'));
  const answer = await getSeal(String(device));
  if (answer.kind === 'ok') {
    const { key_id, public_key, server_time, device_revoked: isRevoked } = answer.data;
    await keepFact('seal', { key_id, public_key });
    await noteTold(store, server_time);
    await (isRevoked ? takenOutOfUse() : backInUse());
  }
  const current = await currentSealer();
  if (current) await sealOpenItems(store, current);
  return current !== null;
}

function sealerTo(key: SealKey): Promise<Sealer> {
  if (!sealer || sealsTo !== key.key_id) {
    sealsTo = key.key_id;
    sealer = Sealer.to(key);
  }
  return sealer;
}
