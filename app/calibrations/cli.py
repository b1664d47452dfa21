"""Calibration from the command line."""

from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from typing import Any
from uuid import UUID

import click
from flask.cli import AppGroup
from sqlalchemy import select

from app.assessments.models import Rater
from app.calibrations import actions, queries
from app.calibrations.rules import Estimate, Named, Subject
from app.core.database import db
from app.core.errors import DomainError, Invalid
from app.instruments.actions import install_calibrations
from app.instruments.models import Calibration, CalibrationSource
from app.instruments.rules.signing import PROVISIONAL_R_MAX, NewInputs
from app.organisations.models import Organisation
from app.records.rules import london_day

calibration = AppGroup("calibration", help="See and sign what is known of the error of ratings.")


class _Figure(click.ParamType[Decimal]):
    name = "figure"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Decimal:
        try:
            figure = Decimal(str(value))
        except InvalidOperation:
            self.fail(f"{value!r} is not a decimal.", param, ctx)
        if not figure.is_finite():
            self.fail(f"{value!r} is not a decimal.", param, ctx)
        return figure


FIGURE = _Figure()


def _of_subject(command: Callable[..., None]) -> Callable[..., None]:
    """Add the options that say whose error it is."""
    for option in (
        click.option("--language", default="en", show_default=True, help="Two letters."),
        click.option("--rater", type=click.Choice([rater.value for rater in Rater]), required=True),
        click.option("--version", type=int, default=1, show_default=True, help="Of the instrument."),
        click.option("--instrument", default="open-ladders", show_default=True, help="Its code."),
        click.option("--commissioner", required=True, help="Name of the organisation that pays."),
    ):
        command = option(command)
    return command


@calibration.command("list")
@click.option("--commissioner", required=True, help="Name of the organisation that pays.")
def list_states(commissioner: str) -> None:
    """Print the state of each instrument version, rater and language, and what routine pairs say."""
    organisation = _commissioner(commissioner)
    for standing in queries.standings_at(organisation, today=london_day(datetime.now(UTC))):
        instrument = standing.instrument
        words = f"{instrument.code} {instrument.version}, {standing.rater}, {standing.language}"
        click.echo(f"{words}: {standing.state}")
        if standing.in_force:
            click.echo(f"  in force: {_signed(standing.in_force)}")
        for one in standing.estimates:
            click.echo(f"  {_estimate(one)}")


@calibration.command("sign")
@_of_subject
@click.option("--sd", type=FIGURE, required=True, help="Between people, in points of the scale.")
@click.option("--r", type=FIGURE, default=PROVISIONAL_R_MAX, show_default=True)
@click.option("--until", type=click.DateTime(["%Y-%m-%d"]), required=True, help="The last day.")
@click.option("--reference", required=True, help="Why these, and on which paper they were signed.")
def sign(sd: Decimal, r: Decimal, until: datetime, reference: str, **named: Any) -> None:
    """Keep provisional inputs that a commissioner signed on paper, from today on."""
    organisation, subject = _named(**named)
    at = datetime.now(UTC)
    inputs = NewInputs(
        instrument_id=subject.instrument_id,
        rater=subject.rater.value,
        language=subject.language,
        ladders=subject.ladders,
        source=CalibrationSource.PROVISIONAL,
        sd=sd,
        r=r,
        r_lower=r,
        n=0,
        reference=reference,
        valid_from=london_day(at),
        valid_until=until.date(),
    )
    kept = _or_say(lambda: install_calibrations(organisation.id, [inputs], at=at, today=london_day(at))[0])
    click.echo(_signed(kept))


@calibration.command("adopt")
@_of_subject
def adopt(**named: Any) -> None:
    """Make what routine pairs say the inputs in force, from today on; 30 people are the least."""
    organisation, subject = _named(**named)
    at = datetime.now(UTC)
    kept = _or_say(lambda: actions.install_estimate(organisation.id, subject, at=at, today=london_day(at)))
    click.echo(_signed(kept))


def _named(
    commissioner: str, instrument: str, version: int, rater: str, language: str
) -> tuple[Organisation, Subject]:
    found: dict[tuple[str, int], UUID] = {
        (one.code, one.version): one.id for one in queries.progress_instruments()
    }
    if (instrument, version) not in found:
        raise click.ClickException(f"There is no version {version} of {instrument} that shows progress.")
    subject = actions.subject_of(
        Named(instrument_id=found[instrument, version], rater=Rater(rater), language=language)
    )
    return _commissioner(commissioner), subject


def _commissioner(name: str) -> Organisation:
    found = db.session().scalar(select(Organisation).where(Organisation.name == name))
    if found is None:
        raise click.ClickException(f"There is no organisation named {name!r}.")
    return found


def _or_say(act: Callable[[], Calibration]) -> Calibration:
    try:
        return act()
    except Invalid as error:
        lines = [f"{fault.field}: {fault.detail}" for fault in error.faults]
        raise click.ClickException("\n".join([error.detail, *lines])) from error
    except DomainError as error:
        raise click.ClickException(error.detail) from error


def _signed(one: Calibration) -> str:
    until = f" until {one.valid_until}" if one.valid_until else ""
    figures = f"sd {one.sd}, r {one.r}, used {one.r_lower}, n {one.n}"
    return f"{one.source} version {one.version}, {figures}, from {one.valid_from}{until}: {one.reference}"


def _estimate(one: Estimate) -> str:
    if one.found is None:
        return f"{one.design}: {one.pairs} pairs, too few to say anything"
    found = one.found
    agreement, consistency = found.agreement, found.consistency
    return (
        f"{one.design}: {one.pairs} pairs, sd {found.sd:.4f}, drift {found.drift:+.4f}, SEM {found.sem:.4f}, "
        f"ICC(A,1) {agreement.value:.4f} ({agreement.low:.4f} to {agreement.high:.4f}, "
        f"limit {agreement.lower_limit:.4f}), "
        f"ICC(C,1) {consistency.value:.4f} ({consistency.low:.4f} to {consistency.high:.4f})"
    )


COMMANDS = (calibration,)
