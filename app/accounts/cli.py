"""Setting up an installation, and the way back in for an administrator."""

import secrets
from datetime import UTC, datetime

import click
from flask import current_app
from flask.cli import with_appcontext

from app.accounts import queries
from app.accounts.actions import people
from app.accounts.actions.invitations import Invitee, make_link
from app.accounts.models import InvitationPurpose
from app.accounts.rules import Passwords, password_fault
from app.core.database import is_postgresql
from app.core.errors import DomainError
from config import Config


@click.command("setup")
@click.option("--organisation", help="Name of the organisation.")
@click.option("--short-name", help="As lists show it; the name when left out.")
@click.option("--email", help="The administrator's e-mail address.")
@click.option("--name", help="The administrator's name.")
@click.option("--generate-password", is_flag=True, help="Make a password and print it once.")
@click.option("--url", default="http://127.0.0.1:8000", show_default=True, help="Where people open Waymark.")
@with_appcontext
def setup(
    organisation: str | None,
    short_name: str | None,
    email: str | None,
    name: str | None,
    *,
    generate_password: bool,
    url: str,
) -> None:
    """Make an organisation and its first administrator; asks for what no option gives.

    Everybody else is invited in the app by a link. Where no administrator can sign in any more,
    `flask sign-in-link EMAIL` prints one that lets them choose a new password.
    """
    title = organisation or click.prompt("Name of the organisation")
    address = email or click.prompt("The administrator's e-mail address")
    person = name or click.prompt("The administrator's name")
    password = secrets.token_urlsafe(15) if generate_password else _ask_password(address, person, title)
    config: Config = current_app.config["WAYMARK"]
    passwords: Passwords = current_app.extensions["passwords"]
    try:
        people.found_organisation(
            name=title,
            short_name=short_name or title,
            administrator=(address, person),
            password_hash=passwords.hash(password),
            is_single=config.is_production and not is_postgresql(),
            at=datetime.now(UTC),
        )
    except DomainError as error:
        raise click.ClickException(error.detail) from error
    click.echo(f"{title} is set up; {address} can sign in at {url}.")
    if generate_password:
        click.echo(f"The password, shown once: {password}")


def _ask_password(*about: str) -> str:
    while True:
        password: str = click.prompt("A password", hide_input=True, confirmation_prompt=True)
        fault = password_fault(password, about)
        if fault is None:
            return password
        click.echo(fault[1], err=True)


@click.command("sign-in-link")
@click.argument("email")
@click.option("--url", default="http://127.0.0.1:8000", show_default=True, help="Where people open Waymark.")
@with_appcontext
def sign_in_link(email: str, url: str) -> None:
    """Print a one-time link by which somebody chooses a new password."""
    user = queries.find_user(email)
    places = queries.live_memberships(user.id) if user else []
    if user is None or not places:
        message = "Nobody signs in with this address."
        raise click.ClickException(message)
    made = make_link(
        None,
        InvitationPurpose.RESET_PASSWORD,
        organisation_id=places[0].organisation_id,
        invitee=Invitee(user.email, user.name, places[0].roles),
        at=datetime.now(UTC),
    )
    click.echo(f"{url.rstrip('/')}/invitation#{made.secret}")
    click.echo("It works once, for 24 hours, and is not shown again.", err=True)


COMMANDS = (setup, sign_in_link)
