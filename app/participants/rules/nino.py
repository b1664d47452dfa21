"""National Insurance numbers: the published pattern, and how they are kept secret."""

import hmac
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from app.core.errors import Invalid
from app.participants.errors import NinoKeyMissing

_HASHED_LENGTH = 8
_NONCE_BYTES = 12

# Two letters, six digits, and a suffix A to D that may be left out.
# Source: HMRC, National Insurance Manual NIM39110, "National Insurance numbers (NINOs): format and security".
_NINO = re.compile(r"(?!BG|GB|KN|NK|NT|TN|ZZ)[ABCEGHJ-PRSTW-Z][ABCEGHJ-NPRSTW-Z][0-9]{6}[A-D]?")
# HMRC's temporary reference 63T12345 and the older TN + birth date + sex; neither is a NINO.
_TEMPORARY = re.compile(r"[0-9]{2}[A-Z][0-9]{5}|TN[0-9]{6}[A-Z]?")
_BLANKS = re.compile(r"\s+")


def read_nino(text: str) -> str:
    """Return a National Insurance number in capitals without blanks.

    Raises:
        Invalid: it is none by the published pattern; a temporary reference is told apart.
    """
    nino = _BLANKS.sub("", text).upper()
    if _NINO.fullmatch(nino):
        return nino
    if _TEMPORARY.fullmatch(nino):
        raise Invalid.field(
            "nino",
            "nino-temporary",
            "This is a temporary HMRC reference. Leave it empty; the number can be added when it comes.",
        )
    raise Invalid.field("nino", "nino-not-valid", "A National Insurance number looks like QQ 12 34 56 C.")


@dataclass(frozen=True)
class SealedNino:
    """A number as it is kept: enciphered, with the hash it is matched by, and the key that did both."""

    cipher: bytes
    hash: bytes
    key_id: str


class NinoKeys:
    """Keys for National Insurance numbers, newest last: the newest writes, any of them reads."""

    def __init__(self, secrets_by_id: Mapping[str, str]) -> None:
        self._secrets = dict(secrets_by_id)
        self._derived: dict[tuple[str, bytes], bytes] = {}

    @property
    def newest_id(self) -> str:
        """The key that writes."""
        return next(reversed(self._secrets))

    def seal(self, nino: str, participant_id: UUID) -> SealedNino:
        """Encipher a number by AES-256-GCM, bound to its participant, and hash its first 8 characters."""
        key_id = self.newest_id
        nonce = secrets.token_bytes(_NONCE_BYTES)
        cipher = AESGCM(self._key(key_id, b"cipher")).encrypt(nonce, nino.encode(), participant_id.bytes)
        return SealedNino(nonce + cipher, self._hash(key_id, nino), key_id)

    def open(self, cipher: bytes, key_id: str, participant_id: UUID) -> str:
        """Return the number that was sealed for this participant.

        Raises:
            NinoKeyMissing: the key is not among those Waymark was given, or is another one of that name.
        """
        if key_id not in self._secrets:
            raise NinoKeyMissing(key_id)
        try:
            plain = AESGCM(self._key(key_id, b"cipher")).decrypt(
                cipher[:_NONCE_BYTES], cipher[_NONCE_BYTES:], participant_id.bytes
            )
        except InvalidTag as error:
            raise NinoKeyMissing(key_id) from error
        return plain.decode()

    def hashes(self, nino: str) -> list[bytes]:
        """Return the hashes a number may be kept under: one a key."""
        return [self._hash(key_id, nino) for key_id in self._secrets]

    def _hash(self, key_id: str, nino: str) -> bytes:
        return hmac.digest(self._key(key_id, b"hash"), nino[:_HASHED_LENGTH].encode(), "sha256")

    def _key(self, key_id: str, purpose: bytes) -> bytes:
        if (key_id, purpose) not in self._derived:
            derive = HKDF(SHA256(), 32, salt=None, info=b"waymark nino " + purpose)
            self._derived[key_id, purpose] = derive.derive(self._secrets[key_id].encode())
        return self._derived[key_id, purpose]
