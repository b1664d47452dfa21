"""One person's journey: one statement, whose JSON is sent on with the little that is worked out here."""

import json
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Select, Text, case, func, literal_column, select
from sqlalchemy.orm import Session, aliased

from app.accounts.models import User
from app.audit.actions import trace_read
from app.contracts.models import Contract
from app.core.database import db, reading
from app.core.errors import NotFound
from app.core.json import as_text, json_list, to_wire
from app.core.permissions import Actor, Role
from app.enrolments.models import Enrolment, EnrolmentState
from app.enrolments.queries import in_sight_of
from app.enrolments.rules import ON_PROGRAMME
from app.evidence.models import WITHOUT_FILE, EvidenceKind
from app.interventions.models import Intervention
from app.journeys.queries import timeline
from app.journeys.queries.caseload import ORGANISATION, USER, reach_kinds
from app.journeys.queries.names import person_name, staff_name
from app.journeys.rules import (
    PARTICIPANT,
    REVIEW_IN_SIGHT_DAYS,
    Relation,
    etag_of,
    gather_sittings,
    is_review_near,
    ladder_changes,
)
from app.organisations.models import Organisation
from app.participants.models import AdviserAssignment, Participant, PersonDetails
from app.records.rules import london_day

_Worker, _Adviser, _Prime = aliased(User), aliased(User), aliased(Organisation)


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
        etag = _etag(actor, _one(db.session(), _tag_statement(reach_kinds(actor)), actor, enrolment_id), at)
        if etag in known:
            return Journey("", etag)
    with reading() as session:
        row = _read(session, actor, enrolment_id, "journey.read", at)
    return Journey(_text(actor, row, at), _etag(actor, row, at))


def journey_of(actor: Actor, enrolment_id: UUID, *, at: datetime) -> dict[str, Any]:
    """Return a journey as it goes on paper; the same content as on the screen, audited as printed.

    Raises:
        NotFound: there is none, or it is out of sight.
    """
    with reading() as session:
        row = _read(session, actor, enrolment_id, "journey-print.read", at)
    printed: dict[str, Any] = json.loads(_text(actor, row, at))
    return printed


def _read(session: Session, actor: Actor, enrolment_id: UUID, name: str, at: datetime) -> Row[Any]:
    row = _one(session, _journey_statement(reach_kinds(actor)), actor, enrolment_id)
    trace_read(session, actor, name, at=at, contract_id=row.contract_id, enrolment_id=enrolment_id)
    return row


def _one(session: Session, statement: Select[*tuple[Any, ...]], actor: Actor, enrolment_id: UUID) -> Row[Any]:
    values = {
        "user_id": actor.user_id,
        "organisation_id": actor.organisation_id,
        "enrolment_id": enrolment_id,
    }
    row = session.connection().execute(statement, values).one_or_none()
    if row is None:
        raise NotFound
    return row


def _relation(actor: Actor, row: Row[Any]) -> Relation:
    if not actor.holds(Role.WORKER, Role.MANAGER, at=row.provider_id):
        return Relation.ADVISER
    return Relation.WORKER if row.worker_id == actor.user_id else Relation.PROVIDER


def _etag(actor: Actor, row: Row[Any], at: datetime) -> str:
    near = is_review_near(row.review_due_on, london_day(at))
    viewer = (_relation(actor, row).value, actor.language, "near" if near else "far")
    return etag_of(row.enrolment_id, row.revision, *viewer)


@cache
def _tag_statement(kinds: frozenset[Role]) -> Select[*tuple[Any, ...]]:
    return select(
        Enrolment.id.label("enrolment_id"),
        Enrolment.revision,
        Enrolment.provider_id,
        Enrolment.worker_id,
        Enrolment.review_due_on,
    ).where(Enrolment.id == timeline.ENROLMENT, in_sight_of(kinds, USER, ORGANISATION))


@cache
def _journey_statement(kinds: frozenset[Role]) -> Select[*tuple[Any, ...]]:
    nothing_missing = Enrolment.evidence_missing_count == literal_column("0")
    return (
        select(
            Enrolment.id.label("enrolment_id"),
            *(column for column in Enrolment.__table__.columns if column.name in _STANDING),
            Participant.reference,
            PersonDetails.given_name,
            person_name(PersonDetails.given_name, PersonDetails.family_name).label("short_name"),
            PersonDetails.access_needs,
            PersonDetails.language,
            Organisation.short_name.label("provider"),
            _Prime.short_name.label("prime"),
            Contract.title.label("contract"),
            staff_name(_Worker.name).label("worker"),
            staff_name(_Adviser.name).label("adviser"),
            _minutes_last_met().label("last_met_minutes"),
            as_text(timeline.answers()).label("answers"),
            as_text(timeline.instruments()).label("ladders"),
            as_text(timeline.newest_plan()).label("plan"),
            as_text(timeline.returned()).label("returned"),
            case(
                (nothing_missing, literal_column("'[]'", Text())), else_=as_text(timeline.milestones())
            ).label("milestones"),
            as_text(json_list(timeline.entries())).label("timeline"),
            as_text(timeline.corrections()).label("corrections"),
            as_text(timeline.events()).label("events"),
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
        .where(Enrolment.id == timeline.ENROLMENT, in_sight_of(kinds, USER, ORGANISATION))
    )


_STANDING = frozenset(
    """
    revision contract_id provider_id worker_id state referred_on accepted_on started_on ended_on closed_reason
    notice_given_on notice_manner next_planned_at baseline_due_on review_due_on plan_due_on last_met_on
    last_tried_on evidence_missing_count
    """.split()  # noqa: SIM905 - a list of so many words reads better so
)


def _minutes_last_met() -> Any:
    """Return how many minutes of support stand for the day they last met."""
    return (
        select(func.sum(Intervention.duration_minutes))
        .select_from(timeline.FACT)
        .join(Intervention, Intervention.id == timeline.FACT.c.id)
        .where(timeline.FACT.c.occurred_on == Enrolment.last_met_on)
        .scalar_subquery()
        .correlate(Enrolment)
    )


def _text(actor: Actor, row: Row[Any], at: datetime) -> str:
    """Return the journey's JSON: what is worked out here, then what the database wrote, as it is."""
    today = london_day(at)
    sittings = gather_sittings(json.loads(row.answers))
    relation = _relation(actor, row)
    is_rater = relation is not Relation.ADVISER and row.state in ON_PROGRAMME
    is_open = any(sitting["is_sealed"] for sitting in sittings)
    plan = _plan(json.loads(row.plan))
    head = {
        "enrolment_id": row.enrolment_id,
        "revision": row.revision,
        "relation": relation,
        "is_folded": is_rater and (is_open or is_review_near(row.review_due_on, today)),
        "person": _person(row),
        "enrolment": _enrolment(row),
        "in_short": _in_short(row, sittings, plan),
        "ladders": _ladders(json.loads(row.ladders), sittings),
        "sittings": sittings,
        "needed": [
            *_returned(json.loads(row.returned)),
            *_unfinished(sittings),
            *_unsupported(json.loads(row.milestones)),
            *_due(row, today),
        ],
        "plan": plan,
    }
    written = json.dumps(head, ensure_ascii=False, separators=(",", ":"), default=to_wire)
    return f'{written[:-1]},"timeline":{row.timeline},"corrections":{row.corrections},"events":{row.events}}}'


def _person(row: Row[Any]) -> dict[str, Any]:
    return {
        "short_name": row.short_name,
        "first_name": row.given_name,
        "reference": row.reference,
        "heads_up": row.access_needs,
        "language": row.language,
    }


def _enrolment(row: Row[Any]) -> dict[str, Any]:
    names = (
        "provider_id",
        "provider",
        "prime",
        "contract_id",
        "contract",
        "worker_id",
        "worker",
        "adviser",
        "state",
        "referred_on",
        "accepted_on",
        "started_on",
        "ended_on",
        "closed_reason",
        "notice_given_on",
        "notice_manner",
    )
    return {name: getattr(row, name) for name in names}


def _in_short(row: Row[Any], sittings: list[dict[str, Any]], plan: dict[str, Any] | None) -> dict[str, Any]:
    said = [
        {"words": answer["own_words"], "occurred_on": sitting["occurred_on"], "sitting_kind": sitting["kind"]}
        for sitting in sittings
        for answer in sitting["assessments"]
        if answer["rater"] == PARTICIPANT and answer["own_words"]
    ]
    return {
        "own_words": said[-1] if said else None,
        "next": _next(row, plan),
        "last_met_on": row.last_met_on,
        "last_met_minutes": row.last_met_minutes,
        "last_tried_on": row.last_tried_on,
    }


def _next(row: Row[Any], plan: dict[str, Any] | None) -> list[dict[str, Any]]:
    """Return what comes next, soonest first: meeting, baseline, review, and the plan's open steps."""
    steps = [
        {
            "code": "plan-step",
            "on": step["due_on"],
            "at": None,
            "words": step["words"],
            "owner": step["owner"],
        }
        for step in (plan["steps"] if plan else [])
        if step["done_on"] is None
    ]
    dated = [
        {"code": code, "on": day.isoformat(), "at": None, "words": None, "owner": None}
        for code, day in (("baseline", row.baseline_due_on), ("review", row.review_due_on))
        if day is not None
    ]
    planned = row.next_planned_at
    meeting = (
        [
            {
                "code": "meeting",
                "on": london_day(planned).isoformat(),
                "at": planned,
                "words": None,
                "owner": None,
            }
        ]
        if planned
        else []
    )
    return sorted([*meeting, *dated, *steps], key=lambda entry: str(entry["on"]))


def _ladders(found: list[dict[str, Any]], sittings: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return each ladder with what became of it; context questions are shown, never read as progress."""
    by_instrument: dict[str, list[dict[str, Any]]] = {}
    for sitting in sittings:
        if not sitting["is_sealed"]:
            by_instrument.setdefault(sitting["instrument_id"], []).append(sitting)
    return [
        ladder | ladder_changes(ladder["code"], by_instrument.get(ladder["instrument_id"], []))
        for ladder in found
    ]


def _plan(found: list[dict[str, Any]]) -> dict[str, Any] | None:
    if not found:
        return None
    plan = found[0]
    texts = plan["texts"] or {}
    return {
        "record_id": plan["record_id"],
        "agreed_on": plan["agreed_on"],
        "author": plan["author"],
        "review_on": plan["review_on"],
        "goal": texts.get("goal"),
        "steps": [step | {"words": texts.get(f"step.{step['key']}")} for step in plan["steps"]],
    }


def _task(code: str, **more: Any) -> dict[str, Any]:
    blank = dict.fromkeys(
        ("record_id", "sitting_id", "kind", "title", "occurred_on", "due_on", "reason", "words", "by")
    )
    return {"code": code, **blank, "takes": [], **more}


def _returned(found: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [_task("returned", **entry) for entry in found]


def _unfinished(sittings: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the sittings in which one of the two has still to rate."""
    return [
        _task(
            "worker-rating" if PARTICIPANT in sitting["raters"] else "participant-rating",
            sitting_id=sitting["sitting_id"],
            kind=sitting["kind"],
            occurred_on=sitting["occurred_on"],
        )
        for sitting in sittings
        if sitting["is_sealed"]
    ]


def _unsupported(found: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [
        _task(
            "evidence-missing",
            record_id=milestone["record_id"],
            kind="milestone",
            title=milestone["title"],
            occurred_on=milestone["occurred_on"],
            takes=milestone["counts"],
        )
        for milestone in found
        if not any(_counts(item, milestone) for item in milestone["evidence"])
    ]


def _counts(item: dict[str, Any], milestone: dict[str, Any]) -> bool:
    """Whether an item can make a milestone payable, as `evidence.rules.Support.counts` has it."""
    kind = EvidenceKind(item["kind"])
    if kind.value not in milestone["counts"] or kind is EvidenceKind.WORKER_OBSERVATION:
        return False
    if kind is EvidenceKind.PARTICIPANT_CONFIRMATION:
        return bool(item["has_file"]) or item["author_id"] != milestone["author_id"]
    return bool(item["has_file"]) or kind in WITHOUT_FILE


def _due(row: Row[Any], today: date) -> list[dict[str, Any]]:
    """Return what the enrolment itself asks for next."""
    if row.state is EnrolmentState.REFERRED:
        return [_task("answer-referral")]
    if row.state is EnrolmentState.ACCEPTED:
        return [_task("give-notice" if row.notice_given_on is None else "start")]
    if row.state not in ON_PROGRAMME:
        return []
    found = []
    if row.baseline_due_on is not None:
        found.append(_task("baseline", due_on=row.baseline_due_on))
    if row.review_due_on is not None and row.review_due_on <= today + timedelta(days=REVIEW_IN_SIGHT_DAYS):
        found.append(_task("review", due_on=row.review_due_on))
    if row.plan_due_on is not None and row.plan_due_on <= today:
        found.append(_task("plan", due_on=row.plan_due_on))
    return found
