"""Files in the making: beside everything else, whole and on the disk before anybody can see them."""

import hashlib
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

PIECE_BYTES = 1 << 20
PREFIX = "waymark-"


@dataclass(frozen=True)
class Workshop:
    """A folder of this machine where files are made."""

    folder: Path

    @contextmanager
    def new_file(self) -> Iterator[tuple[Path, BinaryIO]]:
        """Open a file that is gone at the end, whatever happens; what a kill leaves is swept by `sweep`."""
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        number, name = tempfile.mkstemp(dir=self.folder, prefix=PREFIX)
        path = Path(name)
        try:
            with os.fdopen(number, "w+b") as stream:
                yield path, stream
        finally:
            path.unlink(missing_ok=True)

    def sweep(self, older_than: float) -> int:
        """Delete what killed workers left behind.

        Args:
            older_than: Seconds since the epoch; what changed later may be in use.
        """
        left = [path for path in self.folder.glob(f"{PREFIX}*") if path.stat().st_mtime < older_than]
        for path in left:
            path.unlink(missing_ok=True)
        return len(left)


def settle(path: Path, stream: BinaryIO) -> tuple[int, str]:
    """Bring a written file to the disk and return its size and SHA-256."""
    stream.flush()
    os.fsync(stream.fileno())
    digest = hashlib.sha256()
    with path.open("rb") as written:
        while piece := written.read(PIECE_BYTES):
            digest.update(piece)
    return path.stat().st_size, digest.hexdigest()
