"""The library is loaded once, and what was recorded keeps its meaning."""

from datetime import date

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.orm import Session

from app.audit.models import AuditEvent
from app.core.ids import new_id
from app.core.permissions import Role
from app.milestones import actions
from app.milestones.errors import KindInUse
from app.milestones.models import MilestoneKind
from app.records.rules import Draft
from tests.builders import NOON, act_as, make_enrolment

TEXT = actions.LIBRARY.read_text(encoding="utf-8")
CHANGED = TEXT.replace("title: Debt plan agreed", "title: Debts gone", 1)


def title_of(session: Session, code: str) -> str | None:
    return session.scalar(sa.select(MilestoneKind.title).where(MilestoneKind.code == code))


def test_the_library_loads_once(session: Session) -> None:
    count = actions.load_library(NOON)
    assert actions.load_library(NOON) == count
    assert session.scalar(sa.select(sa.func.count()).select_from(MilestoneKind)) == count
    assert session.scalar(sa.select(sa.func.count()).select_from(AuditEvent)) == 1


def test_better_words_replace_those_nobody_used(session: Session) -> None:
    actions.load_library(NOON)
    actions.load_kinds(CHANGED, at=NOON)
    assert title_of(session, "debt-plan") == "Debts gone"


def test_a_kind_in_use_keeps_its_meaning_but_not_its_hints(session: Session) -> None:
    actions.load_library(NOON)
    enrolment = make_enrolment()
    draft = Draft(
        id=new_id(),
        enrolment_id=enrolment.id,
        occurred_on=date(2025, 3, 1),
        recorded_at=NOON,
        detail={"kind_code": "debt-plan"},
    )
    actions.record_milestones(act_as(Role.WORKER, at=enrolment.provider_id), [draft], at=NOON)

    with pytest.raises(KindInUse):
        actions.load_kinds(CHANGED, at=NOON)
    actions.load_kinds(TEXT.replace("of the dated plan", "of the signed plan"), at=NOON)
    assert title_of(session, "debt-plan") == "Debt plan agreed"


def test_the_command_says_how_many_stand(app: Flask) -> None:
    told = app.test_cli_runner().invoke(args=["milestones", "load"])
    assert told.output == "37 kinds of milestone stand in the library.\n"
