"""ZIP archives that come out the same: fixed times, nothing compressed, each file's hash known."""

import hashlib
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from types import TracebackType
from typing import BinaryIO, Self

_LONG_AGO = (1980, 1, 1, 0, 0, 0)  # the first moment a ZIP can name
_UNIX = 3
_PLAIN_FILE = 0o100644 << 16
SUMS_NAME = "SHA256SUMS"


@dataclass(frozen=True, slots=True)
class Entry:
    """One file of an archive."""

    path: str
    sha256: str
    size_bytes: int


class Archive:
    """Writes files one after the other; holds no more of them than the piece in hand.

    Nothing is compressed, so that the bytes hang on no version of a library: PDFs are compressed in
    themselves, and whoever has the archive can compare it with one made elsewhere.
    """

    def __init__(self, stream: BinaryIO) -> None:
        self._zip = zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED, allowZip64=True)
        self.entries: list[Entry] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._zip.close()

    def add(self, path: str, content: bytes) -> Entry:
        """Add a file."""
        return self.add_pieces(path, (content,))

    def add_pieces(self, path: str, pieces: Iterable[bytes]) -> Entry:
        """Add a file that comes piece by piece."""
        about = zipfile.ZipInfo(path, _LONG_AGO)
        about.create_system, about.external_attr = _UNIX, _PLAIN_FILE
        digest, size = hashlib.sha256(), 0
        with self._zip.open(about, "w", force_zip64=True) as file:
            for piece in pieces:
                digest.update(piece)
                size += len(piece)
                file.write(piece)
        entry = Entry(path, digest.hexdigest(), size)
        self.entries.append(entry)
        return entry

    def add_sums(self) -> Entry:
        """Add the list of hashes that `sha256sum --check` reads; the last file."""
        lines = (
            f"{entry.sha256}  {entry.path}\n" for entry in sorted(self.entries, key=lambda one: one.path)
        )
        return self.add(SUMS_NAME, "".join(lines).encode())
