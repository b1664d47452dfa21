"""What the keeper of an installation does with the keys that devices seal to."""

from datetime import UTC, datetime

import click
from flask import current_app
from flask.cli import AppGroup

from app.sync.actions.seal_keys import KEPT_DAYS, rewrap_seal_keys, rotate_seal_key
from app.sync.errors import SealSecretMissing
from app.sync.seals.at_rest import SealSecrets

seals = AppGroup("seals", help="Keep the keys that tablets seal their outbox to.")


def _secrets() -> SealSecrets:
    return SealSecrets(current_app.config["WAYMARK"].seal_secrets)


@seals.command("rotate")
def rotate() -> None:
    """Make a new key; what was sealed to the ones before opens for 180 days more."""
    try:
        key = rotate_seal_key(_secrets(), at=datetime.now(UTC))
    except SealSecretMissing as error:
        raise click.ClickException(error.detail) from error
    click.echo(f"Tablets seal to {key.id} from now on; older keys are destroyed after {KEPT_DAYS} days.")


@seals.command("rewrap")
def rewrap() -> None:
    """Keep every key under the newest secret of WAYMARK_SEAL_SECRET.

    Leave the older secret in the setting until this has ended; then it may be taken out.
    """
    try:
        count = rewrap_seal_keys(_secrets(), at=datetime.now(UTC))
    except SealSecretMissing as error:
        raise click.ClickException(error.detail) from error
    click.echo(f"{count} keys lie under the newest secret now.")


COMMANDS = (seals,)
