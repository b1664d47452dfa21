let lastMs = 0;
let counter = 0;

/**
 * A new UUID of version 7: a 48-bit time, then a 12-bit counter, then chance.
 *
 * Ids made on one device never run backwards, even within a millisecond or when its clock is set back, so the
 * server's indexes grow at their end and records sort as they were made.
 */
export function uuid7(nowMs: number = Date.now()): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  if (nowMs > lastMs) {
    lastMs = nowMs;
    counter = ((bytes[6]! & 0x07) << 8) | bytes[7]!; // the top bit is left free to count
  } else if (++counter > 0xfff) {
    lastMs += 1;
    counter = 0;
  }
  for (let place = 0; place < 6; place++) bytes[place] = Math.floor(lastMs / 2 ** (8 * (5 - place))) & 0xff;
  bytes[6] = 0x70 | (counter >> 8);
  bytes[7] = counter & 0xff;
  bytes[8] = 0x80 | (bytes[8]! & 0x3f);
  const hex = Array.from(bytes, byte => byte.toString(16).padStart(2, '0')).join('');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
