"""When somebody is rated next, for whoever sits down with them: days, never money, never a threshold."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, case, exists, literal_column, select

from app.contracts.models import Contract
from app.core.json import json_list, json_object, read_json
from app.enrolments.models import Enrolment
from app.enrolments.rules import SECOND_BASELINE_DAYS, read_clock
from app.journeys.queries.telling import Fields
from app.ratecards.models import CardApplication, Rate
from app.ratecards.rules import Application, choose_card

_NONE: ColumnElement[Any] = literal_column("'[]'")


def applied_cards() -> ColumnElement[Any]:
    """Return which cards the contract applies, and whether each knows the focus route.

    None are listed where the route can no longer be chosen.
    """
    knows_focus = exists().where(
        Rate.rate_card_id == CardApplication.rate_card_id, Rate.trigger["focus"].as_boolean()
    )
    row = json_object(
        rate_card_id=CardApplication.rate_card_id,
        payment_group_id=CardApplication.payment_group_id,
        applies_from=CardApplication.applies_from,
        takes_focus=case((knows_focus, literal_column("1")), else_=literal_column("0")),
    )
    applied = json_list(select(row.label("card")).where(CardApplication.contract_id == Contract.id))
    is_open = and_(Enrolment.started_on.is_not(None), Enrolment.second_baseline_on.is_(None))
    return case((is_open, applied), else_=_NONE)


def times_of(row: Any) -> Fields:
    """Return the days of each occasion, and whether the person may name the three ladders that matter most.

    Args:
        row: The enrolment as it stands, with its steps as JSON, newest first, and the contract's cards.
    """
    steps = read_json(row.steps)
    clock = read_clock((step["name"], date.fromisoformat(step["happened_on"])) for step in reversed(steps))
    first, second = row.baseline_on, row.second_baseline_on
    return {
        "baseline_on": first,
        "baseline_due_on": row.baseline_due_on,
        "second_baseline_from": clock.after(first, SECOND_BASELINE_DAYS[0])
        if first and second is None
        else None,
        "second_baseline_due_on": row.second_baseline_due_on,
        "baseline_locks_on": row.baseline_locks_on,
        "review_due_on": row.review_due_on,
        "takes_focus": _takes_focus(row),
    }


def _takes_focus(row: Any) -> bool:
    """Whether the card of the person's start knows the focus route, while it can be chosen."""
    cards = {_application(card): bool(card["takes_focus"]) for card in read_json(row.cards)}
    chosen = choose_card(cards, row.payment_group_id, row.started_on)
    return any(takes for card, takes in cards.items() if card.rate_card_id == chosen)


def _application(card: Fields) -> Application:
    group = card["payment_group_id"]
    return Application(
        UUID(card["rate_card_id"]), group and UUID(group), date.fromisoformat(card["applies_from"])
    )
