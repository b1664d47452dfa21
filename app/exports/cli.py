"""Packs and whole organisations from the command line, made at once."""

import sys
from datetime import UTC, datetime
from pathlib import Path

import click
from flask import current_app
from flask.cli import AppGroup

from app.core.errors import DomainError
from app.core.storage import Storage
from app.exports.actions.building import write_beside
from app.exports.actions.lines import Press
from app.exports.actions.organisations import write_organisation
from app.exports.actions.packs import PackOrder, write_pack
from app.exports.documents.renderer import DEFAULT_LIMITS, Renderer
from app.exports.queries.lines import get_labelled_claim
from app.organisations.queries import find_organisation
from app.participants.rules.nino import NinoKeys
from config import Config

claims = AppGroup("claims", help="Papers of claims.")
organisations = AppGroup("organisations", help="Take an organisation's data out.")


def told(done: int, total: int) -> None:
    """Show how far it is, where somebody looks."""
    if sys.stderr.isatty():
        click.echo(f"\r{done} of {total}", nl=False, err=True)


@claims.command("pack")
@click.argument("claim_label")
@click.option(
    "--out", type=click.Path(dir_okay=False, path_type=Path), required=True, help="The file to write."
)
@click.option("--without-identity", is_flag=True, help="Leave the identity sheet out.")
def pack(claim_label: str, out: Path, without_identity: bool) -> None:
    """Write the evidence pack of a locked claim, quoted as NME-2025-03-1."""
    claim = get_labelled_claim(claim_label)
    if claim is None:
        raise click.ClickException(f"There is no one claim {claim_label}.")
    storage: Storage = current_app.extensions["storage"]
    config: Config = current_app.config["WAYMARK"]
    with Renderer(DEFAULT_LIMITS, specimen=config.is_demo) as renderer:
        order = PackOrder(
            press=Press(renderer, storage),
            actor=None,
            with_identity=not without_identity,
            keys=NinoKeys(config.nino_keys),
            at=datetime.now(UTC),
        )
        try:
            sha256 = write_beside(out, lambda stream: write_pack(stream, claim, order, progress=told))
        except DomainError as error:
            raise click.ClickException(error.detail) from error
    click.echo(f"{sha256}  {out}")


@organisations.command("export")
@click.argument("name")
@click.option(
    "--out", type=click.Path(dir_okay=False, path_type=Path), required=True, help="The file to write."
)
def export(name: str, out: Path) -> None:
    """Write everything that an organisation owns into one archive."""
    organisation = find_organisation(name)
    if organisation is None:
        raise click.ClickException(f"There is no organisation {name!r}.")
    storage: Storage = current_app.extensions["storage"]
    at = datetime.now(UTC)
    sha256 = write_beside(
        out, lambda stream: write_organisation(stream, None, organisation, storage, at=at, progress=told)
    )
    click.echo(f"{sha256}  {out}")


COMMANDS = (claims, organisations)
