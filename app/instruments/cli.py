"""Instruments from the command line."""

from datetime import UTC, datetime
from pathlib import Path

import click
from flask.cli import AppGroup

from app.core.errors import Invalid
from app.instruments import actions, queries

instruments = AppGroup("instruments", help="Load sets of ladders, and list them.")


@instruments.command("load")
@click.argument("file", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path))
def load(file: Path | None) -> None:
    """Load the instruments of a YAML FILE; without one, those that ship with Waymark."""
    at = datetime.now(UTC)
    try:
        if file is None:
            loaded = actions.load_library(at)
        else:
            loaded = actions.install_instruments(file.read_text(encoding="utf-8"), at=at)
    except UnicodeDecodeError as error:
        raise click.ClickException("The file is not UTF-8.") from error
    except Invalid as error:
        lines = [f"{fault.field}: {fault.detail}" for fault in error.faults]
        raise click.ClickException("\n".join(["The instruments need correcting:", *lines])) from error
    for instrument in loaded:
        click.echo(f"{instrument.code} version {instrument.version}, {len(instrument.ladders)} ladders")


@instruments.command("list")
def list_instruments() -> None:
    """List every instrument that is loaded."""
    for instrument in queries.all_instruments():
        state = "in use" if instrument.frozen_at else "not used yet"
        click.echo(
            f"{instrument.code} version {instrument.version} ({instrument.kind}, {state}): {instrument.title}"
        )


COMMANDS = (instruments,)
