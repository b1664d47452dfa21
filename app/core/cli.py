"""Commands of the installation: the permission table, the API's document, backup and restore."""

import json
from datetime import UTC, datetime
from pathlib import Path

import click
from flask import current_app
from flask.cli import with_appcontext
from flask_migrate import upgrade

from app.core import backup as archive
from app.core.database import db
from app.core.errors import DomainError
from app.core.permissions import permission_page


@click.command("permissions")
def permissions() -> None:
    """Print who may do what: the page that docs/permissions.md holds."""
    click.echo(permission_page(), nl=False)


@click.command("openapi")
@with_appcontext
def print_openapi() -> None:
    """Print the API's OpenAPI document, from which the browser's types are made."""
    click.echo(json.dumps(current_app.extensions["openapi"](), ensure_ascii=False, indent=1))


@click.command("backup")
@click.argument("target", type=click.Path(path_type=Path))
@with_appcontext
def backup(target: Path) -> None:
    """Write the database and every stored file into one archive, while Waymark runs.

    It holds personal details: encrypt it where it lies, and keep the keys of National Insurance numbers
    somewhere else.
    """
    try:
        manifest = archive.write_backup(
            target, db.engine, current_app.extensions["storage"], at=datetime.now(UTC)
        )
    except DomainError as error:
        raise click.ClickException(error.detail) from error
    click.echo(f"{target}: {len(manifest.members)} members, database at {manifest.revision}.")


@click.command("restore")
@click.argument("source", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--replace", is_flag=True, help="Throw away what stands here now.")
@with_appcontext
def restore(source: Path, *, replace: bool) -> None:
    """Put an archive of `flask backup` into an empty database and data folder.

    The archive is read through and checked first; nothing is touched if anything in it is damaged.
    """
    try:
        manifest = restore_archive(source, replace=replace)
    except DomainError as error:
        raise click.ClickException(error.detail) from error
    click.echo(f"Restored {len(manifest.members)} members, made at {manifest.made_at}.")


def restore_archive(source: Path, *, replace: bool) -> archive.Manifest:
    """Check an archive, make room, and put it in place at today's revision.

    Raises:
        BackupUnusable: it is damaged, or something stands here and may not be replaced.
    """
    engine, storage = db.engine, current_app.extensions["storage"]
    manifest = archive.check_backup(source, engine.dialect.name)
    if not replace and not archive.is_empty(engine, storage):
        message = "There are data here; `--replace` throws them away."
        raise archive.BackupUnusable(message)
    db.session.remove()
    archive.wipe(engine, storage)
    if engine.dialect.name == "postgresql":
        upgrade(revision=manifest.revision)
    archive.restore_members(source, engine, storage)
    engine.dispose()
    upgrade()
    return manifest


COMMANDS = (permissions, print_openapi, backup, restore)
