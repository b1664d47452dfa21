"""Inputs of standard errors: who signs them, what they must be, and that new ones are a new version."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.audit.models import AuditEvent
from app.core.errors import Forbidden, Invalid
from app.core.permissions import Actor, Role
from app.instruments import actions, queries
from app.instruments.models import CalibrationSource, Instrument
from app.instruments.rules.inputs import CalibrationState, inputs_for
from app.instruments.rules.signing import NewInputs, months_later
from tests.builders import NOON, act_as, make_contract, make_organisation

TODAY = NOON.date()


@pytest.fixture
def ladders(session: Session) -> Instrument:
    loaded = {instrument.code: instrument for instrument in actions.load_library(NOON)}
    return loaded["open-ladders"]


@pytest.fixture
def signer(session: Session) -> Actor:
    commissioner = make_organisation("Northmoor")
    make_contract(commissioner=commissioner)
    return act_as(Role.ADMINISTRATOR, at=commissioner)


@pytest.fixture
def draft(ladders: Instrument) -> NewInputs:
    return NewInputs(
        instrument_id=ladders.id,
        rater="participant",
        language="en",
        ladders=tuple(ladder.code for ladder in ladders.ladders),
        source=CalibrationSource.PROVISIONAL,
        sd=Decimal("1.50"),
        r=Decimal("0.70"),
        r_lower=Decimal("0.70"),
        n=0,
        reference="Careful until there are data",
        valid_from=TODAY,
        valid_until=months_later(TODAY, 6),
    )


def test_signed_inputs_are_what_the_rules_are_given(
    draft: NewInputs, signer: Actor, ladders: Instrument, session: Session
) -> None:
    actions.sign_calibrations(signer, [draft], at=NOON, today=TODAY)

    known = queries.error_inputs(signer.organisation_id, [ladders.id])[ladders.id, "participant", "en"]
    found = inputs_for(known, draft.ladders, TODAY)
    assert found is not None
    assert (found.sd, str(found.sd), found.state) == (
        Decimal("1.50"),
        "1.50",
        CalibrationState.PROVISIONAL,
    )
    assert found.ladders == tuple(sorted(draft.ladders))
    assert inputs_for(known, draft.ladders, months_later(TODAY, 7)) is None
    assert "calibration.signed" in session.scalars(sa.select(AuditEvent.name)).all()


def test_new_inputs_are_a_new_version_and_the_old_one_stays(draft: NewInputs, signer: Actor) -> None:
    better = replace(draft, sd=Decimal("1.6"), ladders=draft.ladders[::-1])
    (first,) = actions.sign_calibrations(signer, [draft], at=NOON, today=TODAY)
    second, third = actions.sign_calibrations(signer, [better, better], at=NOON, today=TODAY)

    assert [one.version for one in (first, second, third)] == [1, 2, 3]
    assert len(queries.calibrations_of([signer.organisation_id])) == 3


@pytest.mark.parametrize("role", [Role.ASSESSOR, Role.CLAIMS_APPROVER])
def test_another_role_of_the_commissioner_does_not_sign(draft: NewInputs, signer: Actor, role: Role) -> None:
    with pytest.raises(Forbidden):
        actions.sign_calibrations(act_as(role, at=signer.organisation_id), [draft], at=NOON, today=TODAY)


def test_who_is_paid_does_not_sign(draft: NewInputs) -> None:
    contract = make_contract()
    with pytest.raises(Forbidden):
        actions.sign_calibrations(
            act_as(Role.ADMINISTRATOR, at=contract.prime_id), [draft], at=NOON, today=TODAY
        )


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"r": Decimal("0.71"), "r_lower": Decimal("0.7")}, "r-too-high"),
        ({"r_lower": Decimal("0.8")}, "out-of-range"),
        ({"sd": Decimal(0)}, "out-of-range"),
        ({"sd": Decimal(6)}, "out-of-range"),
        ({"valid_until": months_later(TODAY, 12)}, "too-long"),
        ({"valid_until": None}, "required"),
        ({"valid_until": date(2020, 1, 1)}, "before-it-begins"),
        ({"valid_from": date(2020, 1, 1)}, "in-the-past"),
        ({"ladders": ("luck",)}, "unknown-ladder"),
        ({"ladders": ()}, "unknown-ladder"),
        ({"source": CalibrationSource.PUBLISHED, "n": 29}, "too-few-pairs"),
    ],
)
def test_inputs_that_do_not_hold_are_refused_whole(
    draft: NewInputs, signer: Actor, changes: dict[str, object], code: str
) -> None:
    with pytest.raises(Invalid) as raised:
        actions.sign_calibrations(signer, [draft, replace(draft, **changes)], at=NOON, today=TODAY)  # type: ignore[arg-type]

    assert [fault.code for fault in raised.value.faults] == [code]
    assert queries.calibrations_of([signer.organisation_id]) == []


def test_a_score_only_slot_never_pays(draft: NewInputs, signer: Actor) -> None:
    slot = next(one for one in queries.all_instruments() if one.kind == "score-only")
    with pytest.raises(Invalid, match="cannot be signed"):
        actions.sign_calibrations(signer, [replace(draft, instrument_id=slot.id)], at=NOON, today=TODAY)
