"""Files behind one door: a folder by default, S3-compatible object storage at scale."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import obstore
from obstore.store import LocalStore, from_url

if TYPE_CHECKING:
    from obstore.store import ObjectStore


class Storage:
    """Bytes by key; a key never tells what or whom the bytes are about."""

    def __init__(self, store: "ObjectStore") -> None:
        self._store = store

    def put(self, key: str, content: bytes | Path) -> None:
        """Keep content under a key, whole or not at all."""
        obstore.put(self._store, key, content)

    def get(self, key: str) -> bytes:
        """Return all bytes of a key.

        Raises:
            FileNotFoundError: nothing is kept there.
        """
        return bytes(obstore.get(self._store, key).bytes())

    def stream(self, key: str) -> Iterator[bytes]:
        """Yield the bytes of a key in pieces of a megabyte or so.

        Raises:
            FileNotFoundError: nothing is kept there.
        """
        for piece in obstore.get(self._store, key).stream(min_chunk_size=1 << 20):
            yield bytes(piece)

    def has(self, key: str) -> bool:
        """Whether something is kept under the key."""
        try:
            obstore.head(self._store, key)
        except FileNotFoundError:
            return False
        return True

    def delete(self, key: str) -> None:
        """Forget a key; forgetting one that is not there is no error."""
        try:
            obstore.delete(self._store, key)
        except FileNotFoundError:
            return

    def keys(self, prefix: str = "") -> Iterator[str]:
        """Yield every key below a prefix."""
        for batch in obstore.list(self._store, prefix=prefix or None):
            for entry in batch:
                yield entry["path"]


def open_storage(where: str | Path, **options: Any) -> Storage:
    """Open a folder (made when missing) or an ``s3://`` address."""
    if isinstance(where, str) and "://" in where:
        return Storage(from_url(where, client_options={"timeout": timedelta(seconds=60)}, **options))
    folder = Path(where)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return Storage(LocalStore(folder, mkdir=True))
