"""Estimates are pooled over a commissioner's providers, and theirs alone; the commissioner signs them."""

import pytest
import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.orm import Session

from app.assessments.models import Rater
from app.calibrations import actions, queries
from app.calibrations.rules import Design, Named, Subject
from app.core.database import db
from app.core.errors import Forbidden, NotFound
from app.core.permissions import Role
from app.instruments.errors import TooFewPairs
from app.instruments.models import Calibration, CalibrationSource, Instrument
from app.instruments.rules.inputs import CalibrationState
from app.organisations.models import Organisation
from tests.builders import NOON, TODAY, act_as, make_organisation
from tests.calibrations.builders import make_places, open_ladders, rate_twice


@pytest.fixture
def ladders(session: Session) -> Instrument:
    return open_ladders()


@pytest.fixture
def commissioner(session: Session) -> Organisation:
    return make_organisation("Northmoor")


@pytest.fixture
def named(ladders: Instrument) -> Named:
    return Named(instrument_id=ladders.id, rater=Rater.PARTICIPANT, language="en")


@pytest.fixture
def subject(named: Named) -> Subject:
    return actions.subject_of(named)


def state_at(commissioner: Organisation, rater: Rater, language: str) -> queries.CalibrationStanding:
    return next(
        one
        for one in queries.standings_at(commissioner, today=TODAY)
        if (one.instrument.code, one.rater, one.language) == ("open-ladders", rater, language)
    )


def test_pairs_are_pooled_over_providers_and_contracts_of_one_commissioner(
    commissioner: Organisation, ladders: Instrument, named: Named, subject: Subject
) -> None:
    rate_twice(make_places(commissioner), ladders, 33)
    rate_twice(make_places(make_organisation("Elsewhere")), ladders, 3, seed=2)
    signer = act_as(Role.ADMINISTRATOR, at=commissioner)

    signed = actions.adopt_estimate(signer, named, at=NOON, today=TODAY)

    (one,) = queries.routine_estimates(commissioner.id, subject)
    assert (one.design, one.pairs, signed.n, signed.source) == (
        Design.RETEST,
        33,
        33,
        CalibrationSource.ROUTINE,
    )
    assert one.found is not None
    assert float(signed.r_lower) == pytest.approx(one.found.agreement.lower_limit, abs=5e-5)
    assert signed.r_lower < signed.r
    assert signed.workings["icc_c1"]["value"] == f"{one.found.consistency.value:.4f}"
    assert state_at(commissioner, Rater.PARTICIPANT, "en").state is CalibrationState.CALIBRATED
    assert state_at(commissioner, Rater.PARTICIPANT, "cy").state is CalibrationState.SHADOW
    assert state_at(commissioner, Rater.WORKER, "en").state is CalibrationState.SHADOW


def test_fewer_than_thirty_people_stay_in_shadow(
    commissioner: Organisation, ladders: Instrument, named: Named, session: Session
) -> None:
    rate_twice(make_places(commissioner), ladders, 29)
    signer = act_as(Role.ADMINISTRATOR, at=commissioner)

    with pytest.raises(TooFewPairs):
        actions.adopt_estimate(signer, named, at=NOON, today=TODAY)

    standing = state_at(commissioner, Rater.PARTICIPANT, "en")
    assert (standing.state, standing.in_force) == (CalibrationState.SHADOW, None)
    assert standing.adopted is not None
    assert standing.adopted.pairs == 29
    assert session.scalar(sa.select(sa.func.count()).select_from(Calibration)) == 0


def test_a_crisis_is_no_measure_of_the_instrument(
    commissioner: Organisation, ladders: Instrument, subject: Subject
) -> None:
    rate_twice(make_places(commissioner), ladders, 4, is_crisis=True)

    assert queries.routine_estimates(commissioner.id, subject) == []


def test_neither_an_assessor_nor_who_is_paid_adopts(
    commissioner: Organisation, ladders: Instrument, named: Named
) -> None:
    places = make_places(commissioner)
    for actor in (
        act_as(Role.ASSESSOR, at=commissioner),
        act_as(Role.ADMINISTRATOR, at=places[0].provider_id),
    ):
        with pytest.raises(Forbidden):
            actions.adopt_estimate(actor, named, at=NOON, today=TODAY)


def test_context_and_slots_have_no_error_to_measure(ladders: Instrument, session: Session) -> None:
    context = session.scalars(sa.select(Instrument.id).where(Instrument.code != "open-ladders")).all()
    for instrument_id in context:
        with pytest.raises(NotFound):
            actions.subject_of(Named(instrument_id=instrument_id, rater=Rater.PARTICIPANT, language="en"))


def test_the_states_take_as_many_queries_for_many_people_as_for_few(
    commissioner: Organisation, ladders: Instrument
) -> None:
    places = make_places(commissioner)

    def count() -> int:
        seen: list[str] = []
        db.session().refresh(commissioner)
        listen = lambda *args: seen.append(args[2])  # noqa: E731
        event.listen(db.engine, "before_cursor_execute", listen)
        try:
            queries.standings_at(commissioner, today=TODAY)
        finally:
            event.remove(db.engine, "before_cursor_execute", listen)
        return len(seen)

    rate_twice(places, ladders, 2)
    few = count()
    rate_twice(places, ladders, 8, seed=5)
    assert count() <= few
