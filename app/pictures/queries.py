"""Reading one person's picture, and finding the links to it."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from functools import lru_cache
from uuid import UUID

from sqlalchemy import Select, func, select

from app.accounts.models import User
from app.accounts.rules import hash_secret
from app.audit.models import AuditEvent
from app.audit.queries import READ_SUFFIX
from app.core.database import db
from app.core.errors import NotFound
from app.core.json import as_text, read_json
from app.core.languages import spoken
from app.core.permissions import Actor, Role
from app.enrolments.models import Enrolment
from app.enrolments.queries.sight import get_enrolment
from app.enrolments.rules import ON_PROGRAMME
from app.instruments.models import Instrument, InstrumentKind, Ladder
from app.instruments.rules.renderings import find_rendering
from app.journeys.queries import happenings
from app.journeys.queries.summary import in_short_of, plan_of
from app.journeys.queries.telling import Told, tell
from app.journeys.rules import gather_sittings, is_review_near
from app.milestones.queries import kind_title
from app.organisations.models import Organisation
from app.participants.models import PersonDetails
from app.pictures.models import PictureLink
from app.pictures.rules import Fields, ladder_picture, own_words_of
from app.records.models import RecordKind

# What the person can read of themselves here and disagree with, by its day; no staff's notes.
SHOWN = (
    RecordKind.ASSESSMENT,
    RecordKind.MILESTONE,
    RecordKind.EMPLOYMENT,
    RecordKind.INTERVENTION,
    RecordKind.CONTACT,
    RecordKind.START,
)


def is_hidden_from(actor: Actor, enrolment: Enrolment, today: date) -> bool:
    """Whether the picture is folded away before a reader who is about to rate, as the journey is."""
    is_overseer = actor.holds(Role.MANAGER, at=enrolment.provider_id)
    rates = actor.holds(Role.WORKER, at=enrolment.provider_id) and not is_overseer
    return rates and enrolment.state in ON_PROGRAMME and is_review_near(enrolment.review_due_on, today)


def picture_of(enrolment_id: UUID, *, is_hidden: bool = False) -> Fields:
    """Return a person's picture in their own language; the caller bounds it and notes that it was read.

    Args:
        enrolment_id: Whose.
        is_hidden: Leave out what somebody who is about to rate could remember.

    Raises:
        NotFound: there is no such enrolment.
    """
    row = db.session().execute(_PICTURE, {"enrolment_id": enrolment_id}).one_or_none()
    if row is None:
        raise NotFound
    language = spoken(row.language)
    told = tell(read_json(row.records))
    sittings = gather_sittings([answer | answer["detail"] for answer in told.of_kind(RecordKind.ASSESSMENT)])
    open_ones = [one for one in sittings if not one["is_sealed"] and not one["is_crisis"]]
    instruments = [
        _instrument(UUID(instrument_id), language)
        for instrument_id in dict.fromkeys(one["instrument_id"] for one in open_ones)
    ]
    titles = {ladder["code"]: ladder["short_title"] for one in instruments for ladder, _ in one.ladders}
    plan = plan_of(told)
    in_short = in_short_of(row, told, sittings, plan)
    return {
        "language": language,
        "first_name": row.given_name,
        "worker": row.worker.partition(" ")[0] if row.worker else None,
        "provider": row.provider,
        "since": row.started_on,
        "is_hidden": is_hidden,
        "ladders": [] if is_hidden else _ladders(instruments, open_ones),
        "own_words": own_words_of(without_notes(open_ones) if is_hidden else open_ones, titles),
        "goal": plan["goal"] if plan else None,
        "steps": plan["steps"] if plan else [],
        "next": in_short["next"],
        "readers": _readers(enrolment_id),
        "facts": _facts(told, open_ones, language),
    }


def without_notes(sittings: Sequence[Fields]) -> list[Fields]:
    """Return sittings without what was said about single ladders."""
    return [
        sitting | {"assessments": [answer | {"notes": {}} for answer in sitting["assessments"]]}
        for sitting in sittings
    ]


_PICTURE = (
    select(
        Enrolment.started_on,
        Enrolment.state,
        Enrolment.next_planned_at,
        Enrolment.baseline_due_on,
        Enrolment.review_due_on,
        Enrolment.last_met_on,
        Enrolment.last_tried_on,
        PersonDetails.given_name,
        PersonDetails.language,
        Organisation.short_name.label("provider"),
        User.name.label("worker"),
        as_text(happenings.records()).label("records"),
    )
    .select_from(Enrolment)
    .join(PersonDetails, PersonDetails.id == Enrolment.participant_id)
    .join(Organisation, Organisation.id == Enrolment.provider_id)
    .outerjoin(User, User.id == Enrolment.worker_id)
    .where(Enrolment.id == happenings.ENROLMENT)
)


class _Asked:
    """An instrument as the person reads it: each ladder with its sentences."""

    def __init__(self, id_: UUID, ladders: Sequence[tuple[Fields, Mapping[str, str]]]) -> None:
        self.id = str(id_)
        self.ladders = ladders


@lru_cache(maxsize=100)  # frozen once it was rated on
def _instrument(instrument_id: UUID, language: str) -> _Asked:
    session = db.session()
    instrument = session.get_one(Instrument, instrument_id)
    if instrument.is_context or instrument.kind is InstrumentKind.SCORE_ONLY:
        return _Asked(instrument_id, ())
    rendering = find_rendering(instrument.code, instrument.version, language)
    ladders = session.scalars(
        select(Ladder).where(Ladder.instrument_id == instrument_id).order_by(Ladder.position)
    )
    found = []
    for ladder in ladders:
        words = rendering.ladders[ladder.code] if rendering else ladder
        told = {
            "code": ladder.code,
            "title": words.title,
            "short_title": words.short_title,
            "scale_min": instrument.scale_min,
            "scale_max": instrument.scale_max,
        }
        found.append((told, dict(words.anchors)))
    return _Asked(instrument_id, found)


def _ladders(instruments: Sequence[_Asked], sittings: Sequence[Fields]) -> list[Fields]:
    return [
        ladder_picture(ladder, anchors, [one for one in sittings if one["instrument_id"] == asked.id])
        for asked in instruments
        for ladder, anchors in asked.ladders
    ]


def _facts(told: Told, open_sittings: Sequence[Fields], language: str) -> list[Fields]:
    """Return what is recorded, newest first, each with what the person says against it; no sealed rating."""
    seen = {one["sitting_id"] for one in open_sittings}
    shown = [
        record
        for record in told.standing
        if record["kind"] in SHOWN
        and (record["kind"] != RecordKind.ASSESSMENT or record["detail"]["sitting_id"] in seen)
    ]
    shown.sort(key=lambda record: (record["occurred_on"], record["recorded_at"]), reverse=True)
    return [_fact(told, record, language) for record in shown]


def _fact(told: Told, record: Fields, language: str) -> Fields:
    detail = record["detail"]
    is_milestone = record["kind"] == RecordKind.MILESTONE
    is_rating = record["kind"] == RecordKind.ASSESSMENT
    return {
        "record_id": record["record_id"],
        "kind": record["kind"],
        "code": detail["sitting_kind"] if is_rating else detail.get("code"),
        "title": kind_title(language, detail["code"], detail["title"]) if is_milestone else None,
        "rater": detail["rater"] if is_rating else None,
        "occurred_on": record["occurred_on"],
        "disagreement": next((one for one in told.disagreements_with(record) if one["is_open"]), None),
    }


def _readers(enrolment_id: UUID) -> list[Fields]:
    """Return which organisations have read the record, how often and when last; staff's names stay out."""
    rows = db.session().execute(
        select(
            Organisation.short_name.label("organisation"),
            func.count().label("count"),
            func.max(AuditEvent.at).label("last_at"),
        )
        .select_from(AuditEvent)
        .join(Organisation, Organisation.id == AuditEvent.organisation_id)
        .where(
            AuditEvent.enrolment_id == enrolment_id,
            AuditEvent.name.endswith(READ_SUFFIX),
            AuditEvent.user_id.is_not(None),
        )
        .group_by(Organisation.short_name)
        .order_by(func.max(AuditEvent.at).desc())
    )
    return [dict(row._mapping) for row in rows]


def live_links(enrolment_id: UUID, *, at: datetime) -> list[PictureLink]:
    """Return the links of a person that still work, newest first; the caller bounds them by sight."""
    return list(
        db.session().scalars(
            select(PictureLink)
            .where(
                PictureLink.enrolment_id == enrolment_id,
                PictureLink.closed_at.is_(None),
                PictureLink.expires_at > at,
            )
            .order_by(PictureLink.id.desc())
        )
    )


def get_link(actor: Actor, picture_link_id: UUID) -> tuple[PictureLink, Enrolment]:
    """Return a link to somebody in the actor's sight.

    Raises:
        NotFound: there is none, or it is out of sight.
    """
    link = db.session().get(PictureLink, picture_link_id)
    if link is None:
        raise NotFound
    return link, get_enrolment(actor, link.enrolment_id)


def find_unopened(secret: str, *, at: datetime) -> PictureLink | None:
    """Return the link of a secret that no phone has opened yet, locked for the one that does."""
    query = _live(at).where(PictureLink.secret_hash == hash_secret(secret), PictureLink.opened_at.is_(None))
    return db.session().scalar(query.with_for_update().execution_options(populate_existing=True))


def find_opened(device_secret: str, *, at: datetime) -> PictureLink | None:
    """Return the link that a phone has opened, by the phone's own secret."""
    return db.session().scalar(_live(at).where(PictureLink.device_hash == hash_secret(device_secret)))


def _live(at: datetime) -> Select[PictureLink]:
    return select(PictureLink).where(PictureLink.closed_at.is_(None), PictureLink.expires_at > at)
