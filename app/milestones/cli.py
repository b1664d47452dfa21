"""The library of milestone kinds from the command line."""

from datetime import UTC, datetime
from pathlib import Path

import click
from flask.cli import AppGroup

from app.core.errors import DomainError, Invalid
from app.milestones import actions

milestones = AppGroup("milestones", help="Load the kinds of milestone.")


@milestones.command("load")
@click.argument("file", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path))
def load(file: Path | None) -> None:
    """Load the milestone kinds of a YAML FILE; without one, those that ship with Waymark."""
    at = datetime.now(UTC)
    try:
        if file is None:
            count = actions.load_library(at)
        else:
            count = actions.load_kinds(file.read_text(encoding="utf-8"), at=at)
    except UnicodeDecodeError as error:
        raise click.ClickException("The file is not UTF-8.") from error
    except Invalid as error:
        lines = [f"{fault.field}: {fault.detail}" for fault in error.faults]
        raise click.ClickException("\n".join(["The kinds need correcting:", *lines])) from error
    except DomainError as error:
        raise click.ClickException(error.detail) from error
    click.echo(f"{count} kinds of milestone stand in the library.")


COMMANDS = (milestones,)
