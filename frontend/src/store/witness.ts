/** How far a person's outbox on this device had come; numbers alone. */
export interface Reached {
  epoch: number;
  sequence: number;
  /** How many were not received yet. */
  waiting: number;
}

interface Witness {
  device?: string;
  /** By person: their outbox now, and the one before it where that is gone. */
  outboxes: Record<string, { now: Reached; gone?: Reached }>;
}

/**
 * Beside the database, which a browser may lose (damaged, cleared, short of room): which tablet this is, and how many
 * records it held. So a tablet whose database is gone is still known as itself, and can say what went with it.
 */
const PLACE = 'waymark-witness';

function read(): Witness {
  try {
    return { outboxes: {}, ...(JSON.parse(localStorage.getItem(PLACE) ?? '{}') as Partial<Witness>) };
  } catch {
    return { outboxes: {} }; // no such place here, or nothing that can be read
  }
}

function write(witness: Witness): void {
  try {
    localStorage.setItem(PLACE, JSON.stringify(witness));
  } catch {
    // Without a witness a loss is noticed by the server alone: by its gap, or by the tablet's silence.
  }
}

/** Which tablet this was before its database was lost. */
export function witnessedDevice(): string | undefined {
  return read().device;
}

export function witnessDevice(device: string): void {
  const witness = read();
  if (witness.device !== device) write({ ...witness, device });
}

/** Note how far somebody's outbox has come. One begun anew leaves behind what was lost with the one before. */
export function witnessOutbox(userId: string, now: Reached): void {
  const witness = read();
  const before = witness.outboxes[userId];
  const gone = before && before.now.epoch !== now.epoch ? before.now : before?.gone;
  write({ ...witness, outboxes: { ...witness.outboxes, [userId]: { now, ...(gone ? { gone } : {}) } } });
}

/** What went with somebody's outbox of before, where there was one. */
export function lostOutbox(userId: string): Reached | undefined {
  return read().outboxes[userId]?.gone;
}
