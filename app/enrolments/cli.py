"""Referral lists from the command line."""

from datetime import UTC, datetime

import click
from flask.cli import AppGroup

from app.enrolments.referrals import forget_previews

referrals = AppGroup("referrals", help="Look after uploaded referral lists.")


@referrals.command("forget")
def forget() -> None:
    """Empty the previews of referral lists that are more than a day old: they name people."""
    click.echo(f"{forget_previews(at=datetime.now(UTC))} previews were emptied.")


COMMANDS = (referrals,)
