"""The month's account: payments, closing, and where the money is."""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from app.claims.actions import deciding
from app.claims.actions.correcting import note_corrections
from app.claims.models import LineState
from app.core.database import db
from app.core.errors import Forbidden, Invalid, NotFound
from app.core.permissions import Role
from app.statements import actions
from app.statements.errors import MoneyOutOfOrder, StatementClosed
from app.statements.models import EntryKind, Statement, StatementEntry
from app.statements.queries.money_path import Step, StepSum, money_path
from app.statements.queries.statements import list_statements, view_statement
from tests.builders import act_as
from tests.claims.builders import AT, TODAY, Story, lines_by_rate, make_submitted
from tests.entitlements.builders import noon

pytestmark = pytest.mark.usefixtures("session")


def accepted() -> tuple[Story, Statement]:
    story = make_submitted()
    for line in lines_by_rate(story).values():
        deciding.accept_line(story.world.assessor, line.id, at=AT)
    (row,) = list_statements(story.world.approver, contract_id=None, before=None, limit=5)
    view = view_statement(story.world.approver, row.id)
    assert view.totals.amount_pence == row.totals.amount_pence == 40000

    return story, db.session().get_one(Statement, row.id)


def test_accepted_lines_stand_on_the_statement_of_the_month_of_decision() -> None:
    story, statement = accepted()
    view = view_statement(story.world.manager, statement.id)

    assert statement.month == TODAY.replace(day=1)
    assert view.totals.provider_share_pence == sum(entry.provider_share_pence for entry in view.entries)
    assert {entry.rate_code for entry in view.entries} == {"ATT", "P-OBS"}


def test_what_is_decided_after_closing_stands_on_the_next_one() -> None:
    story = make_submitted()
    lines = lines_by_rate(story)
    deciding.accept_line(story.world.assessor, lines["ATT"].id, at=AT)
    (row,) = list_statements(story.world.approver, contract_id=None, before=None, limit=5)
    actions.close_statement(story.world.approver, row.id, at=AT)
    deciding.accept_line(story.world.assessor, lines["P-OBS"].id, at=AT)

    found = list_statements(story.world.approver, contract_id=None, before=None, limit=5)
    assert [(one.month, one.totals.amount_pence) for one in found] == [
        (date(2025, 2, 1), 10000),
        (date(2025, 1, 1), 30000),
    ]
    with pytest.raises(StatementClosed):
        actions.close_statement(story.world.approver, row.id, at=AT)


def test_a_paid_line_that_falls_is_taken_back_on_the_next_open_statement() -> None:
    story, statement = accepted()
    actions.close_statement(story.world.approver, statement.id, at=AT)

    note_corrections(story.world.worker, [story.milestone.root_id], noon(TODAY))

    newest = list_statements(story.world.approver, contract_id=None, before=None, limit=5)[0]
    view = view_statement(story.world.manager, newest.id)
    assert [(entry.kind, entry.amount_pence) for entry in view.entries] == [(EntryKind.CLAWBACK, -10000)]


def test_money_is_paid_then_passed_on_then_arrives() -> None:
    story, statement = accepted()
    world, provider_id = story.world, story.person.provider_id
    later = noon(TODAY + timedelta(days=30))
    paid, passed = TODAY + timedelta(days=10), TODAY + timedelta(days=12)

    with pytest.raises(MoneyOutOfOrder):
        actions.confirm_arrival(world.manager, statement.id, arrived_on=passed, at=later)
    with pytest.raises(MoneyOutOfOrder):
        actions.note_remittance(
            world.preparer, statement.id, provider_id, prime_paid_on=None, passed_on_on=passed, at=later
        )
    actions.note_remittance(
        world.preparer, statement.id, provider_id, prime_paid_on=paid, passed_on_on=passed, at=later
    )
    actions.confirm_arrival(world.manager, statement.id, arrived_on=passed, at=later)

    (row,) = view_statement(world.manager, statement.id).remittances
    assert (row.prime_paid_on, row.passed_on_on, row.arrived_on) == (paid, passed, passed)
    assert {line.state for line in lines_by_rate(story).values()} == {LineState.PAID}


def test_a_day_to_come_is_refused() -> None:
    story, statement = accepted()

    with pytest.raises(Invalid):
        actions.note_remittance(
            story.world.preparer,
            statement.id,
            story.person.provider_id,
            prime_paid_on=TODAY + timedelta(days=1),
            passed_on_on=None,
            at=AT,
        )


def test_nobody_else_sees_or_closes_it() -> None:
    story, statement = accepted()
    stranger = act_as(Role.CLAIMS_APPROVER, Role.MANAGER)

    with pytest.raises(NotFound):
        view_statement(stranger, statement.id)
    with pytest.raises(NotFound):
        actions.close_statement(stranger, statement.id, at=AT)
    with pytest.raises(Forbidden):
        actions.close_statement(story.world.assessor, statement.id, at=AT)


def test_entries_are_never_changed(session: Session) -> None:
    accepted()

    with pytest.raises(DBAPIError, match="append-only"):
        session.execute(sa.update(StatementEntry).values(amount_pence=1))
    session.rollback()


def steps_of(story: Story) -> dict[Step, tuple[int, int, int]]:
    path = money_path(story.world.contract.id, story.person.provider_id, today=TODAY)
    return {
        one.step: (one.count, one.taken_back_count, one.provider_share_pence)
        for one in path
        if one != StepSum(one.step, 0, 0, 0)
    }


def test_each_pound_of_a_provider_is_at_one_step_and_what_is_taken_back_comes_off() -> None:
    story = make_submitted()
    world, lines = story.world, lines_by_rate(story)
    deciding.accept_line(world.assessor, lines["ATT"].id, at=AT)
    assert steps_of(story) == {Step.SUBMITTED: (1, 0, 8000), Step.ACCEPTED: (1, 0, 24000)}

    deciding.accept_line(world.assessor, lines["P-OBS"].id, at=AT)
    statement = list_statements(world.approver, contract_id=None, before=None, limit=5)[0]
    actions.note_remittance(
        world.preparer, statement.id, story.person.provider_id,
        prime_paid_on=TODAY, passed_on_on=TODAY, at=noon(TODAY),
    )  # fmt: skip
    assert steps_of(story) == {Step.PASSED_ON: (2, 0, 32000)}

    actions.confirm_arrival(world.manager, statement.id, arrived_on=TODAY, at=noon(TODAY))
    actions.close_statement(world.approver, statement.id, at=noon(TODAY))
    note_corrections(world.worker, [story.milestone.root_id], noon(TODAY))
    assert steps_of(story) == {Step.ACCEPTED: (0, 1, -8000), Step.ARRIVED: (2, 0, 32000)}
