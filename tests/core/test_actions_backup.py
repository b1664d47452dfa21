"""Backup and restore, on both databases, with data."""

import io
import tarfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from app import create_app
from app.core import backup
from app.core.backup import BackupUnusable
from app.core.cli import restore_archive
from app.core.database import db
from app.core.storage import Storage
from app.organisations.models import Organisation
from app.participants.models import Participant
from tests.builders import NOON, make_enrolment
from tests.conftest import Databases, let_go, test_config


@pytest.fixture
def full(database: str, databases: Databases, tmp_path: Path) -> Iterator[Flask]:
    """Give an application with people and a stored file."""
    app = create_app(test_config(databases.migrated(database), tmp_path / "full"))
    with app.app_context():
        make_enrolment()
        storage_of(app).put("evidence/one", b"a photograph" * 1000)
        yield app
    let_go(app)


@pytest.fixture
def empty(database: str, databases: Databases, tmp_path: Path) -> Iterator[Flask]:
    app = create_app(test_config(databases.empty(database), tmp_path / "empty"))
    yield app
    let_go(app)


def storage_of(app: Flask) -> Storage:
    storage: Storage = app.extensions["storage"]
    return storage


def written(app: Flask, target: Path) -> Path:
    with app.app_context():
        backup.write_backup(target, db.engine, storage_of(app), at=NOON)
    return target


def count(model: type[Organisation] | type[Participant]) -> int:
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def test_what_was_backed_up_comes_back_whole(full: Flask, empty: Flask, tmp_path: Path) -> None:
    file = written(full, tmp_path / "backup.tar")
    names = sorted(db.session.scalars(select(Organisation.name)))

    with empty.app_context():
        restore_archive(file, replace=False)

        assert sorted(db.session.scalars(select(Organisation.name))) == names
        assert count(Participant) == 1
        assert storage_of(empty).get("evidence/one") == b"a photograph" * 1000
        make_enrolment()
        assert count(Participant) == 2


def test_data_are_replaced_only_when_asked(full: Flask, tmp_path: Path) -> None:
    file = written(full, tmp_path / "backup.tar")
    make_enrolment()
    storage_of(full).put("evidence/two", b"another")

    with pytest.raises(BackupUnusable):
        restore_archive(file, replace=False)
    assert count(Participant) == 2
    restore_archive(file, replace=True)

    assert count(Participant) == 1
    assert list(storage_of(full).keys()) == ["evidence/one"]


@pytest.mark.parametrize("damage", ["cut", "changed", "no-manifest", "no-archive"])
def test_a_damaged_archive_changes_nothing(full: Flask, tmp_path: Path, damage: str) -> None:
    file = written(full, tmp_path / "backup.tar")
    content = file.read_bytes()
    if damage == "cut":
        content = content[: len(content) // 2]
    elif damage == "changed":
        content = content.replace(b"a photograph", b"b photograph")
    elif damage == "no-archive":
        content = b"nothing of the kind"
    else:
        content = without_manifest(content)
    file.write_bytes(content)

    with pytest.raises(BackupUnusable):
        restore_archive(file, replace=True)

    assert count(Participant) == 1


def test_an_earlier_backup_is_never_written_over(full: Flask, tmp_path: Path) -> None:
    file = written(full, tmp_path / "backup.tar")

    with pytest.raises(BackupUnusable):
        written(full, file)
    assert file.stat().st_mode & 0o077 == 0


def without_manifest(content: bytes) -> bytes:
    out = io.BytesIO()
    with (
        tarfile.open(fileobj=io.BytesIO(content)) as archive,
        tarfile.open(fileobj=out, mode="w") as copy,
    ):
        for member in archive:
            if member.name != "manifest.json":
                copy.addfile(member, archive.extractfile(member))
    return out.getvalue()
