"""Instruments are versions; other words need another version."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.audit.models import AuditEvent
from app.core.errors import Forbidden, Invalid
from app.core.permissions import Role
from app.instruments import actions, queries
from app.instruments.models import Instrument
from tests.builders import NOON, act_as
from tests.instruments.test_rules import OPEN_LADDERS, SMALL


def codes_of(error: Invalid) -> list[tuple[str, str]]:
    return [(fault.field, fault.code) for fault in error.faults]


def test_the_library_loads_once(session: Session) -> None:
    first = actions.load_library(NOON)
    again = actions.load_library(NOON + timedelta(days=1))

    assert [instrument.id for instrument in first] == [instrument.id for instrument in again]
    assert session.scalar(sa.select(sa.func.count()).select_from(Instrument)) == len(first) == 7
    assert session.scalar(sa.select(sa.func.count()).select_from(AuditEvent)) == 7


def test_other_words_need_another_version(session: Session) -> None:
    administrator = act_as(Role.ADMINISTRATOR)
    (first,) = actions.load_instruments(administrator, SMALL, at=NOON)
    better = SMALL.replace("I stay in.", "I stay at home.")

    with pytest.raises(Invalid) as raised:
        actions.load_instruments(administrator, better, at=NOON)
    assert codes_of(raised.value) == [("line 3", "version-taken")]

    (second,) = actions.load_instruments(administrator, better.replace("version: 1", "version: 2"), at=NOON)
    assert queries.newest_instruments()[0].id == second.id
    assert queries.get_instrument(first.id).ladders[0].anchors["0"] == "I stay in."


def test_a_code_is_its_first_owners(session: Session) -> None:
    actions.load_library(NOON)
    with pytest.raises(Invalid) as raised:
        actions.load_instruments(
            act_as(Role.ADMINISTRATOR), OPEN_LADDERS.replace("version: 1", "version: 2", 1), at=NOON
        )
    assert [code for _, code in codes_of(raised.value)] == ["code-taken"]


def test_only_an_administrator_loads(session: Session) -> None:
    with pytest.raises(Forbidden):
        actions.load_instruments(act_as(Role.MANAGER), SMALL, at=NOON)


def test_an_instrument_in_use_keeps_the_moment_it_was_frozen(session: Session) -> None:
    (instrument,) = actions.install_instruments(SMALL, at=NOON)
    actions.freeze([instrument.id], at=NOON)
    actions.freeze([instrument.id], at=NOON + timedelta(days=1))
    assert session.scalar(sa.select(Instrument.frozen_at)) == NOON
