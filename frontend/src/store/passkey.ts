import { randomBytes, type Bytes } from '../lib/bytes';

/** A passkey that keeps a secret of its own for this app, and gives it after a finger, a face or the tablet's PIN. */
export interface Passkey {
  credential_id: ArrayBuffer;
  prf_salt: Bytes;
  /** The same at each unlocking; nobody reads it without the passkey. */
  secret: ArrayBuffer;
}

/** ES256 and RS256, by their COSE numbers. */
const ALGORITHMS = [-7, -257];

/** Whether this tablet has something that may keep a passkey; whether that gives secrets is known when one is made. */
export async function mayHavePasskey(): Promise<boolean> {
  if (typeof PublicKeyCredential === 'undefined') return false;
  return PublicKeyCredential.isUserVerifyingPlatformAuthenticatorAvailable().catch(() => false);
}

/** Make a passkey on this tablet; null where the person does not want to, or it gives no secret. */
export async function makePasskey(shortName: string): Promise<Passkey | null> {
  const prf_salt = randomBytes(32);
  const made = await navigator.credentials.create({
    publicKey: {
      rp: { name: 'Waymark' },
      user: { id: randomBytes(16), name: shortName, displayName: shortName },
      challenge: randomBytes(32), // signs nobody in: nothing is sent anywhere
      pubKeyCredParams: ALGORITHMS.map(alg => ({ type: 'public-key', alg })),
      authenticatorSelection: { authenticatorAttachment: 'platform', userVerification: 'required', residentKey: 'discouraged' },
      extensions: { prf: { eval: { first: prf_salt } } },
    },
  }).catch(() => null);
  if (!(made instanceof PublicKeyCredential)) return null;
  const { prf } = made.getClientExtensionResults();
  if (!prf?.enabled && !prf?.results) return null;
  const secret = prf.results?.first ?? (await secretOf(made.rawId, prf_salt));
  return secret && { credential_id: made.rawId, prf_salt, secret: asBuffer(secret) };
}

/** Ask a passkey for its secret; null where it does not come. */
export async function secretOf(credentialId: ArrayBuffer, salt: Bytes): Promise<ArrayBuffer | null> {
  const got = await navigator.credentials.get({
    publicKey: {
      challenge: randomBytes(32),
      allowCredentials: [{ type: 'public-key', id: credentialId }],
      userVerification: 'required',
      extensions: { prf: { eval: { first: salt } } },
    },
  }).catch(() => null);
  if (!(got instanceof PublicKeyCredential)) return null;
  const first = got.getClientExtensionResults().prf?.results?.first;
  return first ? asBuffer(first) : null;
}

function asBuffer(source: BufferSource): ArrayBuffer {
  if (source instanceof ArrayBuffer) return source;
  return new Uint8Array(source.buffer, source.byteOffset, source.byteLength).slice().buffer as ArrayBuffer;
}

