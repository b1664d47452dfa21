import { fromBase64url, joined, randomBytes, toBase64url, utf8 } from './bytes';

/** The server's public key: what is sealed to it, this device itself can open no more. */
export interface SealKey {
  key_id: string;
  /** P-256, uncompressed, in base64url. */
  public_key: string;
}

/** What the server needs besides the text to open it. */
export interface SealMarks {
  key_id: string;
  ephemeral: string;
  nonce: string;
}

/** A sealed text on the wire. */
export interface Sealed extends SealMarks {
  text: string;
}

const NAME = 'waymark-seal-1';
const CURVE = { name: 'ECDH', namedCurve: 'P-256' };

/**
 * Seals to one public key with one ephemeral pair, made for each unlocking: ECDH P-256, HKDF-SHA-256, AES-256-GCM with
 * a random nonce an item. Its own private part is forgotten at once; the key derived from it goes with this object.
 */
export class Sealer {
  readonly #keyId: string;
  readonly #ephemeral: string;
  readonly #key: CryptoKey;

  private constructor(keyId: string, ephemeral: string, key: CryptoKey) {
    this.#keyId = keyId;
    this.#ephemeral = ephemeral;
    this.#key = key;
  }

  static async to({ key_id, public_key }: SealKey): Promise<Sealer> {
    const theirs = fromBase64url(public_key);
    const pair = await crypto.subtle.generateKey(CURVE, false, ['deriveBits']);
    const own = new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey));
    const imported = await crypto.subtle.importKey('raw', theirs, CURVE, false, []);
    const shared = await crypto.subtle.deriveBits({ name: 'ECDH', public: imported }, pair.privateKey, 256);
    const material = await crypto.subtle.importKey('raw', shared, 'HKDF', false, ['deriveKey']);
    const derivation = { name: 'HKDF', hash: 'SHA-256', salt: joined(own, theirs), info: utf8(NAME) };
    const key = await crypto.subtle.deriveKey(derivation, material, { name: 'AES-GCM', length: 256 }, false, ['encrypt']);
    return new Sealer(key_id, toBase64url(own), key);
  }

  get keyId(): string {
    return this.#keyId;
  }

  async seal(plain: BufferSource, bound: string): Promise<{ marks: SealMarks; bytes: ArrayBuffer }> {
    const nonce = randomBytes(12);
    const bytes = await crypto.subtle.encrypt({ name: 'AES-GCM', iv: nonce, additionalData: utf8(bound) }, this.#key, plain);
    return { marks: { key_id: this.#keyId, ephemeral: this.#ephemeral, nonce: toBase64url(nonce) }, bytes };
  }
}

/** Whose item it is, and its place: sealed in, so that it opens nowhere else. */
export interface Place {
  id: string;
  user_id: string;
  device: string;
  epoch: number;
  sequence: number;
}

export function itemBound({ id, user_id, device, epoch, sequence }: Place): string {
  return [NAME, id, user_id, device, epoch, sequence].join('\n');
}

export function fileBound(file: { sha256: string; user_id: string; device: string }): string {
  return [`${NAME}-file`, file.sha256, file.user_id, file.device].join('\n');
}

