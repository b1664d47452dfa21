/** Bytes that own their buffer, as WebCrypto takes them. */
export type Bytes = Uint8Array<ArrayBuffer>;

const encoder = new TextEncoder();
const decoder = new TextDecoder();
const STEP = 0x8000;

export const utf8 = (text: string): Bytes => encoder.encode(text) as Bytes;
export const textOf = (bytes: ArrayBuffer | Bytes): string => decoder.decode(bytes);
export const randomBytes = (length: number): Bytes => crypto.getRandomValues(new Uint8Array(length));

/** Bytes as base64url without padding, the form in which they travel. */
export function toBase64url(bytes: ArrayBuffer | Bytes): string {
  const view = bytes instanceof Uint8Array ? bytes : new Uint8Array(bytes);
  let text = '';
  for (let at = 0; at < view.length; at += STEP) text += String.fromCharCode(...view.subarray(at, at + STEP));
  return btoa(text).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}

export function fromBase64url(text: string): Bytes {
  return Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), letter => letter.charCodeAt(0));
}

/** One after the other. */
export function joined(...parts: Bytes[]): Bytes {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
