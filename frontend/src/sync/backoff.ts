const FIRST_MS = 1_000;
const LONGEST_MS = 5 * 60_000;

/**
 * How long to wait before the next try, in milliseconds: doubled each time from a second to five minutes, somewhere
 * in the upper half so that many tablets do not return at once; never sooner than the server asked.
 */
export function nextDelayMs(tries: number, retryAfterSeconds: number | null, chance: number = Math.random()): number {
  const full = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.max(0, tries - 1));
  return Math.max(full * (0.5 + chance / 2), (retryAfterSeconds ?? 0) * 1_000);
}
