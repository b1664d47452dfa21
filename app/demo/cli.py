"""`flask demo`: an empty database becomes a world to look around in."""

from datetime import UTC, date, datetime

import click
from flask import current_app
from flask.cli import with_appcontext

from app.core.errors import DomainError
from app.demo.actions import Order, make_world
from app.demo.errors import DemoInProduction
from app.participants.rules.nino import NinoKeys
from app.records.rules import london_day
from config import Config

SIGN_INS = "demo-sign-ins.txt"
SAMPLE_LIST = "referrals-sample.csv"


@click.command("demo")
@click.option(
    "--participants", default=300, show_default=True, type=click.IntRange(1, 5000), help="How many people."
)
@click.option("--seed", default=1, show_default=True, help="Another seed is another world.")
@click.option(
    "--today", type=click.DateTime(["%Y-%m-%d"]), help="The day it is in the world; the real one if left out."
)
@click.option("--sign-ins/--no-sign-ins", default=True, help="Whether to print who may sign in.")
@with_appcontext
def demo(participants: int, seed: int, today: datetime | None, sign_ins: bool) -> None:
    """Make a believable world of invented people in an empty database, and print who may sign in."""
    config: Config = current_app.config["WAYMARK"]
    day: date = today.date() if today else london_day(datetime.now(UTC))
    try:
        if config.is_production:
            raise DemoInProduction
        world = make_world(
            Order(participants, seed, day),
            keys=NinoKeys(config.nino_keys),
            storage=current_app.extensions["storage"],
            tell=click.echo,
        )
    except DomainError as error:
        raise click.ClickException(error.detail) from error
    (config.data_folder / SIGN_INS).write_text(world.sign_ins, encoding="utf-8")
    (config.data_folder / SAMPLE_LIST).write_bytes(world.sample_list)
    if sign_ins:
        click.echo(world.sign_ins, nl=False)
    click.echo(f"A referral list to try the import with: {config.data_folder / SAMPLE_LIST}")


COMMANDS = (demo,)
