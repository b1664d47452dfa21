"""Opening what devices sealed: the items of a batch, and files."""

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from app.core.errors import Invalid
from app.core.json import canonical
from app.sync import queries
from app.sync.errors import ContentDiffers, SealedForAnother, SealKeyGone
from app.sync.models import SealKey
from app.sync.seals.at_rest import SealSecrets, Wrapped
from app.sync.seals.cipher import (
    NotOpened,
    Sealed,
    SealPair,
    decipher,
    file_binding,
    item_binding,
    read_base64url,
)

ReadJson = Callable[[bytes], Any]
PLAIN_KEYS = frozenset({"action", "body", "recorded_at"})


@dataclass
class Opener:
    """Opens seals with the keys that still stand; one agreement for all that one ephemeral key sealed.

    Attributes:
        pairs: The server's keys, by id.
        read_json: Reads JSON as strictly as the body of a request.
    """

    pairs: Mapping[UUID, SealPair]
    read_json: ReadJson = json.loads
    _agreed: dict[tuple[UUID, bytes], AESGCM] = field(default_factory=dict)

    def open_item(self, item: Mapping[str, Any], user_id: UUID) -> dict[str, Any]:
        """Return a sealed item, read by its schema, as its author would have sent it in plain.

        Raises:
            ContentDiffers: the cipher text is not the one that the item names.
            SealKeyGone: its key is unknown or destroyed.
            SealedForAnother: it opens for nobody, or for another author or place.
            Invalid: what was sealed is no item.
        """
        sealed, text = read_seal(item["sealed"]), _bytes_of(item["sealed"]["text"], "sealed.text")
        if hashlib.sha256(text).hexdigest() != item["content_sha256"]:
            raise ContentDiffers
        place = (str(item["id"]), user_id, str(item["device"]), item["epoch"], item["sequence"])
        plain = self.open(sealed, text, item_binding(*place))
        try:
            content = self.read_json(plain)
        except ValueError as error:
            raise Invalid.field("sealed.text", "not-valid", "What was sealed is no JSON.") from error
        if not isinstance(content, dict) or content.keys() != PLAIN_KEYS:
            raise Invalid.field("sealed.text", "not-valid", "Seal action, body and recorded_at, no more.")
        names = ("id", "device", "epoch", "sequence", "schema")
        return {name: _plain(item[name]) for name in names} | content

    def open_file(
        self, sealed: Sealed, text: bytes, sent_sha256: str, user_id: UUID, device_id: UUID
    ) -> bytes:
        """Return a sealed file's plain bytes.

        Raises:
            SealKeyGone: its key is unknown or destroyed.
            SealedForAnother: it opens for nobody, or for another author, device or file.
        """
        return self.open(sealed, text, file_binding(sent_sha256, user_id, device_id))

    def open(self, sealed: Sealed, text: bytes, bound_to: str) -> bytes:
        """Return what was sealed, whatever it is."""
        pair = self.pairs.get(sealed.key_id)
        if pair is None:
            raise SealKeyGone
        agreed = (sealed.key_id, sealed.ephemeral)
        try:
            if agreed not in self._agreed:
                self._agreed[agreed] = pair.agree(sealed.ephemeral)
            return decipher(self._agreed[agreed], sealed.nonce, text, bound_to)
        except NotOpened as error:
            raise SealedForAnother from error


def make_opener(secrets: SealSecrets, key_ids: Iterable[UUID], read_json: ReadJson = json.loads) -> Opener:
    """Return what opens seals made to these keys.

    Raises:
        SealSecretMissing: one of them lies under a secret that Waymark was not given.
    """
    found = queries.find_seal_keys(key_ids)
    return Opener({key_id: unwrap(secrets, key) for key_id, key in found.items()}, read_json)


def unwrap(secrets: SealSecrets, key: SealKey) -> SealPair:
    """Return the pair of a key that was not destroyed."""
    return secrets.unwrap(key.id, Wrapped(key.private_cipher or b"", key.secret_id))


def read_seal(seal: Mapping[str, Any]) -> Sealed:
    """Return how something was sealed, from what the wire says.

    Raises:
        Invalid: it is not base64url without padding.
    """
    key_id = seal["key_id"] if isinstance(seal["key_id"], UUID) else UUID(seal["key_id"])
    return Sealed(
        key_id,
        _bytes_of(seal["ephemeral"], "sealed.ephemeral"),
        _bytes_of(seal["nonce"], "sealed.nonce"),
    )


def check_plain(item: Mapping[str, Any], content_sha256: str | None) -> None:
    """Hold a plain item against the hash it names, where it names one.

    Raises:
        ContentDiffers: they are not the same.
    """
    if content_sha256 is None:
        return
    content = canonical({"action": item.get("action"), "body": item.get("body")})
    if hashlib.sha256(content.encode()).hexdigest() != content_sha256:
        raise ContentDiffers


def _plain(value: Any) -> Any:
    return str(value) if isinstance(value, UUID) else value


def _bytes_of(text: str, name: str) -> bytes:
    try:
        return read_base64url(text)
    except ValueError as error:
        raise Invalid.field(name, "not-valid", "Write it as base64url without padding.") from error
