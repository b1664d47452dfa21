"""Where enrolments stand, as recording and the clock need it."""

import json
from collections.abc import Sequence, Set
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    bindparam,
    select,
)

from app.core.database import db
from app.core.hot import HotStatement, is_among
from app.core.json import as_text, json_array, json_object
from app.core.model import Id
from app.core.permissions import Actor, Role
from app.enrolments.models import (
    Enrolment,
    EnrolmentEvent,
    EnrolmentState,
    NoticeManner,
)
from app.enrolments.queries.sight import in_sight_of
from app.enrolments.rules import CLOCK_STEPS, Clock, read_clock
from app.records.rules import Place

ALWAYS_RUNS = Clock()


@dataclass(frozen=True)
class Standing:
    """What recording needs to know of an enrolment."""

    enrolment_id: UUID
    contract_id: UUID
    provider_id: UUID
    state: EnrolmentState
    referred_on: date
    started_on: date | None

    @cached_property
    def place(self) -> Place:
        """Where a record of theirs belongs."""
        return Place(self.enrolment_id, self.contract_id, self.provider_id)


def standings(actor: Actor, enrolment_ids: Sequence[UUID]) -> dict[UUID, Standing]:
    """Return those of these enrolments that the actor sees, by id, in one query."""
    rows = _standings(actor.roles).all(
        {
            "ids": list(set(enrolment_ids)),
            "user_id": actor.user_id,
            "organisation_id": actor.organisation_id,
        },
    )
    return {
        row.id: Standing(
            row.id,
            row.contract_id,
            row.provider_id,
            EnrolmentState(row.state),
            row.referred_on,
            row.started_on,
        )
        for row in rows
    }


@lru_cache(maxsize=64)  # as many as there are ways to join roles
def _standings(roles: Set[Role]) -> HotStatement:
    user_id, organisation_id = (bindparam(name, type_=Id()) for name in ("user_id", "organisation_id"))
    return HotStatement(
        select(
            Enrolment.id,
            Enrolment.contract_id,
            Enrolment.provider_id,
            Enrolment.state,
            Enrolment.referred_on,
            Enrolment.started_on,
        ).where(is_among(Enrolment.id), in_sight_of(roles, user_id, organisation_id))
    )


@dataclass(frozen=True)
class NoticeGiven:
    """What a person was told before they start."""

    notice_id: UUID
    given_on: date
    manner: NoticeManner

    def as_detail(self) -> dict[str, Any]:
        """Return the columns of `start`."""
        return {
            "notice_id": self.notice_id,
            "notice_given_on": self.given_on,
            "notice_manner": self.manner,
        }


def notices_given(enrolment_ids: Sequence[UUID]) -> dict[UUID, NoticeGiven]:
    """Return the notices that were given, by enrolment; the caller bounds what follows by sight."""
    rows = db.session().execute(
        select(Enrolment.id, Enrolment.notice_id, Enrolment.notice_given_on, Enrolment.notice_manner).where(
            Enrolment.id.in_(set(enrolment_ids)),
            Enrolment.notice_id.is_not(None),
            Enrolment.notice_given_on.is_not(None),
            Enrolment.notice_manner.is_not(None),
        )
    )
    return {
        enrolment_id: NoticeGiven(notice_id, given_on, manner)
        for enrolment_id, notice_id, given_on, manner in rows
        if notice_id and given_on and manner
    }


def clock_steps() -> ColumnElement[str]:
    """Return, beside an enrolment that is selected, the steps that its clock goes by, as JSON text."""
    step = json_object(name=EnrolmentEvent.name, on=EnrolmentEvent.happened_on, at=EnrolmentEvent.at)
    return as_text(
        select(json_array(step))
        .where(EnrolmentEvent.enrolment_id == Enrolment.id, EnrolmentEvent.name.in_(CLOCK_STEPS))
        .correlate(Enrolment)
        .scalar_subquery()
    )


def clock_of(steps: str) -> Clock:
    """Return how time runs by what `clock_steps` wrote."""
    if steps == "[]":
        return ALWAYS_RUNS
    found = sorted(json.loads(steps), key=lambda step: step["at"])
    return read_clock((step["name"], date.fromisoformat(step["on"])) for step in found)


def get_clock(enrolment_id: UUID) -> Clock:
    """Return how time runs for one person; the caller has seen that they are in sight."""
    steps = db.session().scalar(select(clock_steps()).where(Enrolment.id == enrolment_id))
    return clock_of(steps or "[]")


def events_of(enrolment_id: UUID) -> list[EnrolmentEvent]:
    """Return the steps of an enrolment's life, oldest first."""
    query = select(EnrolmentEvent).where(EnrolmentEvent.enrolment_id == enrolment_id)
    return list(db.session().scalars(query.order_by(EnrolmentEvent.at, EnrolmentEvent.id)))
