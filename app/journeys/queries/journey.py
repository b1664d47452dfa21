"""One person's journey: read, and noted as read, by one statement; told from its JSON."""

import json
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import ScalarSelect, Select, func, select

from app.accounts.models import User
from app.audit.actions import TracedRead
from app.contracts.models import Contract
from app.core.errors import NotFound
from app.core.hot import HotStatement
from app.core.json import as_text, read_json, write_json
from app.core.languages import spoken
from app.core.model import alias_of
from app.core.permissions import Actor, Role
from app.enrolments.models import Enrolment
from app.enrolments.queries.sight import in_sight_of
from app.enrolments.rules import ON_PROGRAMME
from app.instruments.models import Calibration
from app.journeys.queries import happenings
from app.journeys.queries.chance import Chance, known_errors
from app.journeys.queries.groups import ORGANISATION, USER, reach_kinds
from app.journeys.queries.names import person_name, staff_name
from app.journeys.queries.occasions import applied_cards, times_of
from app.journeys.queries.summary import enrolment_of, in_short_of, ladders_of, person_of, plan_of
from app.journeys.queries.tasks import needed
from app.journeys.queries.telling import tell, timeline
from app.journeys.rules import (
    Relation,
    etag_of,
    folded_from,
    gather_sittings,
    is_review_near,
    may_be_stood_in,
    without_scores,
)
from app.milestones.queries import kind_title, kind_words
from app.organisations.models import Organisation
from app.participants.models import AdviserAssignment, Participant, PersonDetails
from app.records.models import RecordKind
from app.records.rules import london_day

_Worker, _Adviser, _Prime = alias_of(User), alias_of(User), alias_of(Organisation)


@dataclass(frozen=True)
class Journey:
    """A journey as JSON text, with its tag."""

    text: str
    etag: str


def find_journey(actor: Actor, enrolment_id: UUID, *, known: set[str], at: datetime) -> Journey:
    """Return a journey; its `text` is empty where the reader holds it already, by one of the tags `known`.

    A journey that is delivered leaves one audit row; one that is not leaves none.

    Raises:
        NotFound: there is none, or it is out of sight.
    """
    if known:
        etag = _etag(
            actor, _found(_tag_statement(reach_kinds(actor)).one_or_none(_values(actor, enrolment_id))), at
        )
        if etag in known:
            return Journey("", etag)
    row = _read(actor, enrolment_id, "journey.read", at)
    return Journey(_text(actor, row, at, actor.language), _etag(actor, row, at))


def journey_of(
    actor: Actor, enrolment_id: UUID, *, language: str | None = None, at: datetime
) -> dict[str, Any]:
    """Return a journey as it goes on paper; the same content as on the screen, audited as printed.

    Args:
        actor: Who prints it.
        enrolment_id: Whose it is.
        language: Of the titles of ladders and milestones; None for the person's own.
        at: When.

    Raises:
        NotFound: there is none, or it is out of sight.
    """
    row = _read(actor, enrolment_id, "journey-print.read", at)
    printed: dict[str, Any] = json.loads(_text(actor, row, at, language or spoken(row.language)))
    return printed


def _read(actor: Actor, enrolment_id: UUID, name: str, at: datetime) -> Any:
    read = _journey_read(reach_kinds(actor), name)
    return _found(read.one_or_none(_values(actor, enrolment_id), actor, at=at))


def _values(actor: Actor, enrolment_id: UUID) -> dict[str, Any]:
    return {
        "user_id": actor.user_id,
        "organisation_id": actor.organisation_id,
        "enrolment_id": enrolment_id,
    }


def _found(row: Any | None) -> Any:
    if row is None:
        raise NotFound
    return row


def _relation(actor: Actor, row: Any) -> Relation:
    if not actor.holds(Role.WORKER, Role.MANAGER, at=row.provider_id):
        return Relation.ADVISER
    return Relation.WORKER if row.worker_id == actor.user_id else Relation.PROVIDER


def _rates(actor: Actor, row: Any) -> bool:
    """Whether the reader may be about to rate the person: the key worker, or a worker of the provider."""
    relation = _relation(actor, row)
    is_overseer = relation is Relation.PROVIDER and actor.holds(Role.MANAGER, at=row.provider_id)
    return relation is not Relation.ADVISER and not is_overseer and row.state in ON_PROGRAMME


def _oversees(actor: Actor, row: Any) -> bool:
    """Whether the reader is told what chance explains: an adviser, or a manager who is not the key worker."""
    relation = _relation(actor, row)
    manages = relation is Relation.PROVIDER and actor.holds(Role.MANAGER, at=row.provider_id)
    return manages or relation is Relation.ADVISER


def _etag(actor: Actor, row: Any, at: datetime) -> str:
    near = is_review_near(row.review_due_on, london_day(at))
    rates = "rates" if _rates(actor, row) else "looks"
    told = f"{row.calibrated_at} {london_day(at)}" if _oversees(actor, row) else ""
    viewer = (_relation(actor, row).value, actor.language, "near" if near else "far", rates, told)
    return etag_of(row.enrolment_id, row.revision, *viewer)


@cache
def _tag_statement(kinds: frozenset[Role]) -> HotStatement:
    return HotStatement(
        select(
            Enrolment.id.label("enrolment_id"),
            Enrolment.revision,
            Enrolment.provider_id,
            Enrolment.worker_id,
            Enrolment.state,
            Enrolment.review_due_on,
            _calibrated_at().label("calibrated_at"),
        )
        .join(Contract, Contract.id == Enrolment.contract_id)
        .where(Enrolment.id == happenings.ENROLMENT, in_sight_of(kinds, USER, ORGANISATION))
    )


def _calibrated_at() -> ScalarSelect[datetime]:
    """Return when the contract's commissioner last signed what a rating errs by."""
    newest = select(func.max(Calibration.signed_at))
    return newest.where(Calibration.commissioner_id == Contract.commissioner_id).scalar_subquery()


@cache
def _journey_read(kinds: frozenset[Role], name: str) -> TracedRead:
    return TracedRead(_journey_statement(kinds), name)


def _journey_statement(kinds: frozenset[Role]) -> Select[*tuple[Any, ...]]:
    return (
        select(
            Enrolment.id.label("enrolment_id"),
            *(column for column in Enrolment.__table__.columns if column.name in _STANDING),
            Participant.reference,
            Participant.payment_group_id,
            PersonDetails.given_name,
            person_name(PersonDetails.given_name, PersonDetails.family_name).label("short_name"),
            PersonDetails.access_needs,
            PersonDetails.language,
            Organisation.short_name.label("provider"),
            _Prime.short_name.label("prime"),
            Contract.title.label("contract"),
            Contract.commissioner_id,
            _calibrated_at().label("calibrated_at"),
            staff_name(_Worker.name).label("worker"),
            staff_name(_Adviser.name).label("adviser"),
            as_text(happenings.records()).label("records"),
            as_text(happenings.steps()).label("steps"),
            as_text(applied_cards()).label("cards"),
        )
        .select_from(Enrolment)
        .join(Participant, Participant.id == Enrolment.participant_id)
        .join(PersonDetails, PersonDetails.id == Enrolment.participant_id)
        .join(Organisation, Organisation.id == Enrolment.provider_id)
        .join(Contract, Contract.id == Enrolment.contract_id)
        .join(_Prime, _Prime.id == Contract.prime_id)
        .outerjoin(_Worker, _Worker.id == Enrolment.worker_id)
        .outerjoin(
            AdviserAssignment,
            (AdviserAssignment.participant_id == Enrolment.participant_id)
            & AdviserAssignment.ended_on.is_(None),
        )
        .outerjoin(_Adviser, _Adviser.id == AdviserAssignment.user_id)
        .where(Enrolment.id == happenings.ENROLMENT, in_sight_of(kinds, USER, ORGANISATION))
    )


_STANDING = frozenset(
    """
    revision contract_id provider_id worker_id state referred_on accepted_on started_on ended_on closed_reason
    notice_given_on notice_manner next_planned_at baseline_on second_baseline_on
    baseline_due_on second_baseline_due_on baseline_locks_on review_due_on plan_due_on last_met_on
    last_tried_on evidence_missing_count
    """.split()  # noqa: SIM905 - a list of so many words reads better so
)


def _text(actor: Actor, row: Any, at: datetime, language: str) -> str:
    """Return the journey's JSON: what its records tell, and the steps as the database wrote them."""
    today = london_day(at)
    told = tell(_titled(read_json(row.records), language))
    sittings = gather_sittings([answer | answer["detail"] for answer in told.of_kind(RecordKind.ASSESSMENT)])
    relation = _relation(actor, row)
    is_rater = relation is not Relation.ADVISER and row.state in ON_PROGRAMME
    is_open = any(sitting["is_sealed"] for sitting in sittings)
    plan = plan_of(told)
    rates = _rates(actor, row)
    is_hidden = rates and is_review_near(row.review_due_on, today)
    asked = needed(row, told, sittings, today)
    if rates and relation is Relation.PROVIDER:
        sittings = _blind(sittings, today)
    used = {
        instrument_id: happenings.rungs_of(instrument_id, language)
        for instrument_id in dict.fromkeys(sitting["instrument_id"] for sitting in sittings)
    }
    chance = _chance(row, used, today) if _oversees(actor, row) else None
    ladders = [] if is_hidden else ladders_of(used.values(), sittings, chance)
    journey = {
        "enrolment_id": row.enrolment_id,
        "revision": row.revision,
        "relation": relation,
        "is_folded": is_rater and (is_open or is_review_near(row.review_due_on, today)),
        "scores_hidden_until_rated": is_hidden,
        "scores_hidden_from": folded_from(row.review_due_on) if rates and not is_hidden else None,
        "person": person_of(row),
        "enrolment": enrolment_of(row),
        "in_short": in_short_of(row, told, sittings, plan),
        "ladders": ladders,
        "chance": chance and chance.bases(),
        "sittings": without_scores(sittings) if is_hidden else sittings,
        "needed": asked,
        "rating": times_of(row) if is_rater else None,
        "plan": plan,
        "timeline": timeline(told, {instrument_id: rungs.title for instrument_id, rungs in used.items()}),
        "corrections": told.corrections,
    }
    written = write_json(journey)
    return f'{written[:-1]},"events":{row.steps}}}'


def _blind(sittings: list[dict[str, Any]], today: date) -> list[dict[str, Any]]:
    """Hide from whoever may stand in for the person what the worker answered in that sitting."""
    return [
        without_scores([sitting])[0] if may_be_stood_in(sitting, today) else sitting for sitting in sittings
    ]


def _chance(row: Any, used: dict[str, happenings.Rungs], today: date) -> Chance:
    if row.commissioner_id is None:  # a provider's own programme: nobody signs
        return Chance({}, today)
    stamp = row.calibrated_at and str(row.calibrated_at)
    return Chance(known_errors(row.commissioner_id, frozenset(used), stamp), today)


def _titled(records: list[dict[str, Any]], language: str) -> list[dict[str, Any]]:
    """Say in a language what is recorded under a milestone's title."""
    for record in records if kind_words(language) else ():
        detail = record["detail"]
        if record["kind"] == RecordKind.MILESTONE and detail:
            detail["title"] = kind_title(language, detail["code"], detail["title"])
    return records
