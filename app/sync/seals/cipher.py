"""The seal `waymark-seal-1`: what a device holds is enciphered so that the server alone opens it."""

import binascii
import secrets
from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

ALGORITHM = "waymark-seal-1"
NONCE_BYTES = 12
POINT_BYTES = 65  # an uncompressed point of P-256
SCALAR_BYTES = 32
TAG_BYTES = 16
_CURVE = ec.SECP256R1()
_ALPHABET = str.maketrans("-_", "+/")


class NotOpened(Exception):
    """The seal does not open: made for another key, author or place, or altered."""


@dataclass(frozen=True)
class Sealed:
    """How something was sealed; its cipher text stands beside.

    Attributes:
        key_id: Of the server's key that it was sealed to.
        ephemeral: The device's public point, made for one unlocking of the app.
        nonce: Random, another for each thing.
    """

    key_id: UUID
    ephemeral: bytes
    nonce: bytes


@dataclass(frozen=True)
class SealPair:
    """A key pair of the server; devices seal to its public part."""

    key_id: UUID
    scalar: bytes

    @cached_property
    def private(self) -> ec.EllipticCurvePrivateKey:
        """The private part."""
        return ec.derive_private_key(int.from_bytes(self.scalar, "big"), _CURVE)

    @cached_property
    def public_point(self) -> bytes:
        """The public part, as devices get it: 65 bytes."""
        return self.private.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)

    def agree(self, ephemeral: bytes) -> AESGCM:
        """Return the cipher that this key and a device's ephemeral one have in common.

        Raises:
            NotOpened: the ephemeral key is no point of the curve.
        """
        if len(ephemeral) != POINT_BYTES:
            raise NotOpened
        try:
            theirs = ec.EllipticCurvePublicKey.from_encoded_point(_CURVE, ephemeral)
        except ValueError as error:
            raise NotOpened from error
        shared = self.private.exchange(ec.ECDH(), theirs)
        derive = HKDF(SHA256(), 32, salt=ephemeral + self.public_point, info=ALGORITHM.encode())
        return AESGCM(derive.derive(shared))


def new_pair(key_id: UUID) -> SealPair:
    """Make a key pair."""
    private = ec.generate_private_key(_CURVE)
    scalar: int = private.private_numbers().private_value
    return SealPair(key_id, scalar.to_bytes(SCALAR_BYTES, "big"))


def decipher(cipher: AESGCM, nonce: bytes, text: bytes, bound_to: str) -> bytes:
    """Return what was sealed.

    Args:
        cipher: Agreed with the device.
        nonce: Of the thing.
        text: The cipher text with its tag.
        bound_to: The additional data it was sealed with.

    Raises:
        NotOpened: it was sealed for somebody or something else, or altered.
    """
    if len(nonce) != NONCE_BYTES or len(text) < TAG_BYTES:
        raise NotOpened
    try:
        return cipher.decrypt(nonce, text, bound_to.encode())
    except InvalidTag as error:
        raise NotOpened from error


def item_binding(item_id: str, user_id: UUID, device_id: str, epoch: int, sequence: int) -> str:
    """Return what the seal of an item is bound to: it opens for this author, device and place alone."""
    return f"{ALGORITHM}\n{item_id}\n{user_id}\n{device_id}\n{epoch}\n{sequence}"


def file_binding(sent_sha256: str, user_id: UUID, device_id: UUID) -> str:
    """Return what the seal of a file is bound to."""
    return f"{ALGORITHM}-file\n{sent_sha256}\n{user_id}\n{device_id}"


def read_base64url(text: str) -> bytes:
    """Return the bytes of base64url without padding.

    Raises:
        ValueError: it is not so written.
    """
    if "+" in text or "/" in text or "=" in text:
        message = "not base64url without padding"
        raise ValueError(message)
    padded = text.translate(_ALPHABET) + "=" * (-len(text) % 4)
    return binascii.a2b_base64(padded, strict_mode=True) if padded else b""


def write_base64url(content: bytes) -> str:
    """Return bytes as base64url without padding."""
    text = binascii.b2a_base64(content, newline=False).decode()
    return text.rstrip("=").replace("+", "-").replace("/", "_")


def new_nonce() -> bytes:
    """Return a random nonce."""
    return secrets.token_bytes(NONCE_BYTES)
