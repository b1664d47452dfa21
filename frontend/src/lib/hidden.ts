import { joined, randomBytes, textOf, utf8, type Bytes } from './bytes';

/** A value under a key: nothing of it can be read without. */
export interface Hidden {
  nonce: Bytes;
  bytes: ArrayBuffer;
}

/** Hide a value: JSON, with bytes (photos in a draft) anywhere in it. `bound` is where it belongs; it opens nowhere else. */
export async function hide(key: CryptoKey, bound: string, value: unknown): Promise<Hidden> {
  const nonce = randomBytes(12);
  const algorithm = { name: 'AES-GCM', iv: nonce, additionalData: utf8(bound) };
  return { nonce, bytes: await crypto.subtle.encrypt(algorithm, key, pack(value)) };
}

/** Read a hidden value; what another key hid, or another place holds, throws. */
export async function reveal<T>(key: CryptoKey, bound: string, { nonce, bytes }: Hidden): Promise<T> {
  const algorithm = { name: 'AES-GCM', iv: nonce, additionalData: utf8(bound) };
  return unpack(await crypto.subtle.decrypt(algorithm, key, bytes)) as T;
}

const HEAD_BYTES = 4;
const MARK = '$bytes';

/** The JSON's length, the JSON, then the bytes that it points to. */
function pack(value: unknown): Bytes {
  const parts: Bytes[] = [];
  let at = 0;
  const json = JSON.stringify(value ?? null, (_name, part: unknown) => {
    if (!(part instanceof ArrayBuffer)) return part;
    const mark = { [MARK]: [at, part.byteLength] };
    parts.push(new Uint8Array(part));
    at += part.byteLength;
    return mark;
  });
  const text = utf8(json);
  const head = new Uint8Array(HEAD_BYTES);
  new DataView(head.buffer).setUint32(0, text.length);
  return joined(head, text, ...parts);
}

function unpack(packed: ArrayBuffer): unknown {
  const length = new DataView(packed).getUint32(0);
  const start = HEAD_BYTES + length;
  return JSON.parse(textOf(packed.slice(HEAD_BYTES, start)), (_name, part: unknown) => {
    const place = (part as Record<string, [number, number]> | null)?.[MARK];
    return Array.isArray(place) ? packed.slice(start + place[0], start + place[0] + place[1]) : part;
  });
}
