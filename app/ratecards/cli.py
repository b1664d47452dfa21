"""Rate cards from the command line."""

from datetime import UTC, datetime
from pathlib import Path

import click
from flask.cli import AppGroup
from sqlalchemy import select

from app.core.database import db
from app.core.errors import Invalid
from app.organisations.models import Organisation
from app.ratecards import actions
from app.ratecards.models import RateCard

rate_cards = AppGroup("rate-cards", help="Load price lists, and list them.")


@rate_cards.command("load")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--organisation", required=True, help="Name of the prime whose cards they are.")
def load(file: Path, organisation: str) -> None:
    """Load the rate cards of a YAML FILE."""
    owner_id = db.session().scalar(select(Organisation.id).where(Organisation.name == organisation))
    if owner_id is None:
        raise click.ClickException(f"There is no organisation named {organisation!r}.")
    try:
        text = file.read_text(encoding="utf-8")
        cards = actions.install_rate_cards(owner_id, text, at=datetime.now(UTC))
    except UnicodeDecodeError as error:
        raise click.ClickException("The file is not UTF-8.") from error
    except Invalid as error:
        lines = [f"{fault.field}: {fault.detail}" for fault in error.faults]
        raise click.ClickException("\n".join([f"{file} needs correcting:", *lines])) from error
    for card in cards:
        click.echo(_line(card))


@rate_cards.command("list")
def list_cards() -> None:
    """List every rate card that is loaded."""
    query = (
        select(RateCard, Organisation.name)
        .join(Organisation, Organisation.id == RateCard.owner_id)
        .order_by(Organisation.name, RateCard.code, RateCard.version)
    )
    for card, owner in db.session().execute(query):
        click.echo(f"{owner}: {_line(card)}")


def _line(card: RateCard) -> str:
    """Return one card in a line, with the rates that nothing works out yet."""
    waiting = [rate.code for rate in card.rates if not rate.is_evaluated]
    note = f"; not worked out yet: {', '.join(waiting)}" if waiting else ""
    state = "in use" if card.frozen_at else "not used yet"
    return f"{card.code} version {card.version} ({state}), {len(card.rates)} rates{note}"


COMMANDS = (rate_cards,)
