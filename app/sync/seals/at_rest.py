"""How the private parts of the seal's keys lie in the database: enciphered by the installation's secret."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from app.sync.errors import SealSecretMissing
from app.sync.seals.cipher import NONCE_BYTES, SealPair, new_nonce


@dataclass(frozen=True)
class Wrapped:
    """A private key as it is kept: enciphered, and by which secret."""

    cipher: bytes
    secret_id: str


class SealSecrets:
    """The installation's secrets for the seal's keys, newest last: the newest writes, any of them reads."""

    def __init__(self, secrets_by_id: Mapping[str, str]) -> None:
        self._secrets = dict(secrets_by_id)
        self._opened = lru_cache(maxsize=64)(self._open)

    @property
    def newest_id(self) -> str:
        """The secret that writes.

        Raises:
            SealSecretMissing: none was given.
        """
        if not self._secrets:
            raise SealSecretMissing("")
        return next(reversed(self._secrets))

    def wrap(self, pair: SealPair) -> Wrapped:
        """Encipher a private key by AES-256-GCM, bound to its id."""
        secret_id, nonce = self.newest_id, new_nonce()
        cipher = AESGCM(self._key(secret_id)).encrypt(nonce, pair.scalar, pair.key_id.bytes)
        return Wrapped(nonce + cipher, secret_id)

    def unwrap(self, key_id: UUID, wrapped: Wrapped) -> SealPair:
        """Return the pair whose private key was kept; what was opened once is remembered.

        Raises:
            SealSecretMissing: the secret is not among those Waymark was given, or is another of that name.
        """
        return self._opened(key_id, wrapped)

    def _open(self, key_id: UUID, wrapped: Wrapped) -> SealPair:
        if wrapped.secret_id not in self._secrets:
            raise SealSecretMissing(wrapped.secret_id)
        nonce, cipher = wrapped.cipher[:NONCE_BYTES], wrapped.cipher[NONCE_BYTES:]
        try:
            scalar = AESGCM(self._key(wrapped.secret_id)).decrypt(nonce, cipher, key_id.bytes)
        except InvalidTag as error:
            raise SealSecretMissing(wrapped.secret_id) from error
        return SealPair(key_id, scalar)

    def _key(self, secret_id: str) -> bytes:
        derive = HKDF(SHA256(), 32, salt=None, info=b"waymark seal keys at rest")
        return derive.derive(self._secrets[secret_id].encode())
