"""Setting up by command."""

from flask import Flask
from sqlalchemy.orm import Session

from app.accounts import queries
from app.accounts.cli import setup, sign_in_link
from app.accounts.models import Invitation
from tests.accounts.builders import CHEAP

OPTIONS = ["--organisation", "Northway", "--email", "ada@example.org", "--name", "Ada Byron"]


def test_set_up_prints_a_password_that_opens(app: Flask, session: Session) -> None:
    result = app.test_cli_runner().invoke(setup, [*OPTIONS, "--generate-password"])

    password = result.output.rpartition(": ")[2].strip()
    user = queries.find_user("ada@example.org")
    assert result.exit_code == 0
    assert user is not None
    assert CHEAP.fits(password, user.password_hash)


def test_set_up_asks_again_for_a_better_password(app: Flask, session: Session) -> None:
    typed = "short\nshort\nseven quiet herons\nseven quiet herons\n"
    result = app.test_cli_runner().invoke(setup, OPTIONS, input=typed)

    assert result.exit_code == 0
    assert "at least 12" in result.output


def test_a_second_organisation_of_the_same_name_is_refused_in_words(app: Flask, session: Session) -> None:
    runner = app.test_cli_runner()
    runner.invoke(setup, [*OPTIONS, "--generate-password"])

    again = runner.invoke(setup, [*OPTIONS, "--generate-password"])

    assert again.exit_code == 1
    assert "Northway" in again.output


def test_a_link_is_printed_for_somebody_who_cannot_get_in(app: Flask, session: Session) -> None:
    runner = app.test_cli_runner()
    runner.invoke(setup, [*OPTIONS, "--generate-password"])

    result = runner.invoke(sign_in_link, ["ada@example.org", "--url", "https://waymark.example.org"])
    unknown = runner.invoke(sign_in_link, ["bob@example.org"])

    assert result.output.startswith("https://waymark.example.org/invitation#")
    assert session.query(Invitation).count() == 1
    assert unknown.exit_code == 1
