"""The whole installation in one archive: the database as it stood at one moment, and every stored file.

The archive is a plain tar: ``manifest.json`` last, which names every other member with its size and
SHA-256; ``database/…`` (the SQLite file, or one COPY text a table) and ``files/…``.
"""

import hashlib
import io
import json
import os
import sqlite3
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import IO, Any, cast

from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import OperationalError

from app.core.errors import DomainError
from app.core.model import Base
from app.core.storage import Storage

FORMAT = 1
MANIFEST = "manifest.json"
PIECE_BYTES = 1 << 20


class BackupUnusable(DomainError):
    """The archive is damaged, of another kind, or there is no room for it."""

    code = "backup-unusable"
    title = "The backup was not restored"


@dataclass
class Manifest:
    """What an archive holds."""

    made_at: str
    dialect: str
    revision: str
    members: dict[str, dict[str, Any]] = field(default_factory=dict)
    format: int = FORMAT


def write_backup(target: Path, engine: Engine, storage: Storage, *, at: datetime) -> Manifest:
    """Write everything into a new file, whole or not at all, while Waymark runs.

    The database is taken first: whatever file a row speaks of was stored before the row was.

    Raises:
        BackupUnusable: something stands at the target.
    """
    if target.exists():
        message = f"{target} exists; choose another name."
        raise BackupUnusable(message)
    part = target.with_name(target.name + ".part")
    try:
        with part.open("xb") as file, tarfile.open(fileobj=file, mode="w|") as archive:
            part.chmod(0o600)
            manifest = Manifest(at.isoformat(), engine.dialect.name, "")
            with tempfile.TemporaryDirectory() as folder:
                manifest.revision = _dump(engine, Path(folder))
                for dumped in sorted(Path(folder).iterdir()):
                    _add_file(archive, manifest, f"database/{dumped.name}", dumped)
                scratch = Path(folder) / "stored"
                for key in sorted(storage.keys()):
                    _spool(storage, key, scratch)
                    _add_file(archive, manifest, f"files/{key}", scratch)
            content = json.dumps(vars(manifest), indent=1).encode()
            archive.addfile(_header(MANIFEST, len(content)), io.BytesIO(content))
        with part.open("rb") as kept:
            os.fsync(kept.fileno())
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)
    return manifest


def _spool(storage: Storage, key: str, scratch: Path) -> None:
    with scratch.open("wb") as file:
        for piece in storage.stream(key):
            file.write(piece)


def _header(name: str, size: int) -> tarfile.TarInfo:
    header = tarfile.TarInfo(name)
    header.size, header.mode = size, 0o600
    return header


def _add_file(archive: tarfile.TarFile, manifest: Manifest, name: str, path: Path) -> None:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(PIECE_BYTES):
            digest.update(piece)
        size = file.tell()
        file.seek(0)
        archive.addfile(_header(name, size), file)
    manifest.members[name] = {"size": size, "sha256": digest.hexdigest()}


def _dump(engine: Engine, folder: Path) -> str:
    """Write the database as it stands at one moment, and return its revision."""
    if engine.dialect.name == "sqlite":
        with engine.connect() as connection, sqlite3.connect(folder / "waymark.sqlite") as copy:
            cast(sqlite3.Connection, connection.connection.dbapi_connection).backup(copy)
            revision = str(copy.execute("SELECT version_num FROM alembic_version").fetchone()[0])
        copy.close()
        return revision
    with engine.connect().execution_options(isolation_level="REPEATABLE READ") as connection:
        revision = str(connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one())
        for table in Base.metadata.sorted_tables:
            with (folder / f"{table.name}.copy").open("wb") as file, _cursor(connection) as cursor:
                names = ", ".join(f'"{column.name}"' for column in table.columns)
                with cursor.copy(f'COPY "{table.name}" ({names}) TO STDOUT') as copied:
                    for piece in copied:
                        file.write(piece)
    return revision


@contextmanager
def _cursor(connection: Connection) -> Iterator[Any]:
    with connection.connection.cursor() as cursor:  # type: ignore[attr-defined]  # psycopg's, which knows COPY
        yield cursor


def check_backup(source: Path, dialect: str) -> Manifest:
    """Read an archive through, compare every member with the manifest, and return that.

    Raises:
        BackupUnusable: something is damaged, missing or added, or it is for another kind of database.
    """
    found: dict[str, dict[str, Any]] = {}
    manifest: Manifest | None = None
    try:
        with tarfile.open(source, mode="r|") as archive:
            for member in archive:
                content = archive.extractfile(member)
                if content is None:
                    raise BackupUnusable(f"{member.name} is no plain file.")
                if member.name == MANIFEST:
                    manifest = Manifest(**json.load(content))
                else:
                    found[member.name] = {"size": member.size, "sha256": _digest(content)}
    except (tarfile.TarError, ValueError, TypeError, OSError) as error:
        raise BackupUnusable(f"{source} is damaged or no backup: {type(error).__name__}.") from error
    if manifest is None or manifest.format != FORMAT or manifest.members != found:
        raise BackupUnusable(f"{source} is damaged: its members are not those of its manifest.")
    if manifest.dialect != dialect:
        raise BackupUnusable(f"It was made on {manifest.dialect}; this is {dialect}.")
    return manifest


def _digest(content: IO[bytes]) -> str:
    digest = hashlib.sha256()
    while piece := content.read(PIECE_BYTES):
        digest.update(piece)
    return digest.hexdigest()


def is_empty(engine: Engine, storage: Storage) -> bool:
    """Whether there is neither a row nor a stored file."""
    if next(storage.keys(), None) is not None:
        return False
    with engine.connect() as connection:
        try:
            return connection.execute(text("SELECT 1 FROM organisation LIMIT 1")).first() is None
        except Exception as error:
            if isinstance(error, OperationalError) or "does not exist" in str(error):
                return True  # nothing was ever migrated here
            raise


def wipe(engine: Engine, storage: Storage) -> None:
    """Empty the database, tables and all, and forget every stored file."""
    for key in list(storage.keys()):
        storage.delete(key)
    if engine.dialect.name == "sqlite":
        return  # the restored file takes its place whole
    with engine.begin() as connection:
        connection.execute(text("DROP SCHEMA public CASCADE"))
        connection.execute(text("CREATE SCHEMA public"))


def restore_members(source: Path, engine: Engine, storage: Storage) -> None:
    """Put a checked archive's rows and files in place; PostgreSQL's empty tables stand already."""
    with tempfile.TemporaryDirectory() as folder:
        with tarfile.open(source, mode="r|") as archive:
            for member in archive:
                content = archive.extractfile(member)
                if content is None or member.name == MANIFEST:
                    continue
                where, _, name = member.name.partition("/")
                kept = Path(folder) / (name if where == "database" else "stored")
                with kept.open("wb") as file:
                    while piece := content.read(PIECE_BYTES):
                        file.write(piece)
                if where == "files":
                    storage.put(name, kept)
        _load(engine, Path(folder))


def _load(engine: Engine, folder: Path) -> None:
    if engine.dialect.name == "sqlite":
        with engine.connect() as connection, sqlite3.connect(folder / "waymark.sqlite") as copy:
            copy.backup(cast(sqlite3.Connection, connection.connection.dbapi_connection))
        copy.close()
        return
    with engine.begin() as connection:
        for table in Base.metadata.sorted_tables:
            dumped = folder / f"{table.name}.copy"
            if not dumped.exists():
                continue
            names = ", ".join(f'"{column.name}"' for column in table.columns)
            with (
                _cursor(connection) as cursor,
                cursor.copy(f'COPY "{table.name}" ({names}) FROM STDIN') as copied,
                dumped.open("rb") as file,
            ):
                while piece := file.read(PIECE_BYTES):
                    copied.write(piece)
