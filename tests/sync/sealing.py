"""Sealing as a tablet does it, written from the protocol and from nothing of the server's."""

import base64
import hashlib
import json
import os
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

NAME = b"waymark-seal-1"


def b64(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


def raw_point(key: ec.EllipticCurvePublicKey) -> bytes:
    return key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


@dataclass
class Unlocked:
    """A tablet's app between two lockings: one ephemeral key, sealing for one person to one key."""

    key_id: str
    public_key: str  # as GET /api/sync/seal gives it
    user_id: UUID
    ephemeral: ec.EllipticCurvePrivateKey = field(
        default_factory=lambda: ec.generate_private_key(ec.SECP256R1())
    )

    def __post_init__(self) -> None:
        server = base64.urlsafe_b64decode(self.public_key + "=")
        theirs = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), server)
        self.point = raw_point(self.ephemeral.public_key())
        shared = self.ephemeral.exchange(ec.ECDH(), theirs)
        self.cipher = AESGCM(HKDF(SHA256(), 32, salt=self.point + server, info=NAME).derive(shared))

    def seal(self, plain: bytes, bound_to: str) -> tuple[dict[str, str], bytes]:
        """Return how it was sealed, and the cipher text with its tag."""
        nonce = os.urandom(12)
        text = self.cipher.encrypt(nonce, plain, bound_to.encode())
        return {"key_id": self.key_id, "ephemeral": b64(self.point), "nonce": b64(nonce)}, text

    def seal_item(self, item: dict[str, Any], **changes: Any) -> dict[str, Any]:
        """Seal an item that was made in plain."""
        body = {name: value for name, value in item["body"].items() if name != "recorded_at"}
        recorded_at = item["body"].get("recorded_at", item.get("recorded_at"))
        content = {"action": item["action"], "body": body, "recorded_at": recorded_at}
        place = {name: item[name] for name in ("id", "device", "epoch", "sequence")}
        bound_to = "\n".join(
            str(part)
            for part in (
                NAME.decode(),
                place["id"],
                self.user_id,
                place["device"],
                place["epoch"],
                place["sequence"],
            )
        )
        sealed, text = self.seal(
            json.dumps(content, ensure_ascii=False).encode(errors="surrogatepass"), bound_to
        )
        return {
            **place,
            "schema": item["schema"],
            "content_sha256": hashlib.sha256(text).hexdigest(),
            "sealed": {**sealed, "text": b64(text)},
            **changes,
        }

    def seal_file(self, content: bytes, device: UUID) -> tuple[dict[str, str], bytes]:
        """Seal a file."""
        sha256 = hashlib.sha256(content).hexdigest()
        return self.seal(content, f"{NAME.decode()}-file\n{sha256}\n{self.user_id}\n{device}")
