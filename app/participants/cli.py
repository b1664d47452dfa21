"""What the keeper of an installation does with people's secrets."""

from datetime import UTC, datetime

import click
from flask import current_app
from flask.cli import AppGroup

from app.participants import actions
from app.participants.errors import NinoKeyMissing
from app.participants.rules.nino import NinoKeys

participants = AppGroup("participants", help="Keep people's secrets.")


@participants.command("rotate-nino-key")
def rotate_nino_key() -> None:
    """Seal every National Insurance number anew with the newest key of WAYMARK_NINO_KEY.

    Keep the older key in the setting until this has ended; then it may be taken out.
    """
    keys = NinoKeys(current_app.config["WAYMARK"].nino_keys)
    try:
        count = actions.rotate_nino_keys(keys, at=datetime.now(UTC))
    except NinoKeyMissing as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"{count} numbers were sealed anew with the key {keys.newest_id}.")


COMMANDS = (participants,)
