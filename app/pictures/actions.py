"""Handing a link over, opening it once, reading the picture, and disagreeing from the phone."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import update

from app.accounts.actions.throttle import count_try, forget_tries, throttle_keys
from app.accounts.rules import hash_secret, new_secret
from app.audit.actions import trace, trace_read
from app.core.database import reading, transaction
from app.core.ids import new_id
from app.core.permissions import Actor, Role, require
from app.disagreements.actions import record_disagreements
from app.disagreements.models import Way
from app.enrolments.queries.sight import get_enrolment
from app.pictures import policies, queries
from app.pictures.errors import PictureLinkSpent
from app.pictures.models import PictureLink
from app.pictures.rules import LINK_LIFETIME
from app.records.errors import SubjectMissing
from app.records.queries import subjects
from app.records.rules import Draft, Outcome, Result, london_day

GUESSES = "picture-link"  # all of one address together: nobody types a link


@dataclass(frozen=True)
class NewPictureLink:
    """A link just made: its secret is shown once and kept nowhere."""

    link: PictureLink
    secret: str


@dataclass(frozen=True)
class OpenedPicture:
    """A link that a phone has just opened, and what the phone keeps."""

    link: PictureLink
    device_secret: str


def read_picture(actor: Actor, enrolment_id: UUID, *, at: datetime) -> dict[str, Any]:
    """Return a person's picture as their worker shows it to them, and note the read.

    Raises:
        NotFound: there is none, or it is out of sight.
    """
    with reading() as session:
        enrolment = get_enrolment(actor, enrolment_id)
        is_hidden = queries.is_hidden_from(actor, enrolment, london_day(at))
        picture = queries.picture_of(enrolment_id, is_hidden=is_hidden)
        trace_read(
            session,
            actor,
            "picture.read",
            at=at,
            contract_id=enrolment.contract_id,
            enrolment_id=enrolment_id,
        )
    return picture


def share_picture(actor: Actor, enrolment_id: UUID, *, at: datetime) -> NewPictureLink:
    """Make a link to show to the person who is in the room; any earlier one stops working.

    Raises:
        NotFound: there is no such enrolment in sight.
        Forbidden: the actor does not work with the person.
    """
    with transaction() as session:
        enrolment = get_enrolment(actor, enrolment_id, for_update=True)
        require(policies.can_share_picture, actor, enrolment)
        _close(PictureLink.enrolment_id == enrolment_id, at)
        secret = new_secret()
        link = PictureLink(
            id=new_id(),
            contract_id=enrolment.contract_id,
            provider_id=enrolment.provider_id,
            enrolment_id=enrolment_id,
            secret_hash=hash_secret(secret),
            created_by_id=actor.user_id,
            membership_id=actor.membership_id,
            created_at=at,
            expires_at=at + LINK_LIFETIME,
        )
        session.add(link)
        _trace(actor, "picture-link.made", link, at)
    return NewPictureLink(link, secret)


def list_links(actor: Actor, enrolment_id: UUID, *, at: datetime) -> Sequence[PictureLink]:
    """Return a person's links that still work.

    Raises:
        NotFound: there is no such enrolment in sight.
        Forbidden: the actor does not work with the person.
    """
    enrolment = get_enrolment(actor, enrolment_id)
    require(policies.can_share_picture, actor, enrolment)
    return queries.live_links(enrolment_id, at=at)


def close_link(actor: Actor, picture_link_id: UUID, *, at: datetime) -> None:
    """Make a link stop working, and the phone that opened it.

    Raises:
        NotFound: there is none in sight.
        Forbidden: the actor does not work with the person.
    """
    with transaction():
        link, enrolment = queries.get_link(actor, picture_link_id)
        require(policies.can_share_picture, actor, enrolment)
        _close(PictureLink.id == link.id, at)
        _trace(actor, "picture-link.closed", link, at)


def open_link(secret: str, address: str, *, at: datetime) -> OpenedPicture:
    """Open a link on the one phone that may, and return the secret that the phone keeps.

    Raises:
        PictureLinkSpent: the link works no more, or never did.
        TooMany: too many that do not were tried from there.
    """
    keys = throttle_keys(GUESSES, address)
    count_try(keys, at=at)
    with transaction():
        link = queries.find_unopened(secret, at=at)
        if link is None:
            raise PictureLinkSpent
        device_secret = new_secret()
        link.opened_at, link.device_hash = at, hash_secret(device_secret)
        _trace(None, "picture-link.opened", link, at)
    forget_tries(keys)
    return OpenedPicture(link, device_secret)


def read_own_picture(device_secret: str, *, at: datetime) -> dict[str, Any]:
    """Return the picture to the person whose phone it is, and note that they read it.

    Raises:
        PictureLinkSpent: this phone has opened none, or its time is over.
    """
    with transaction():
        link = _opened(device_secret, at)
        picture = queries.picture_of(link.enrolment_id)
        _trace(None, "picture.read", link, at)
    return picture


def disagree_on_phone(device_secret: str, record_id: UUID, draft: Draft, *, at: datetime) -> Outcome:
    """Record what the person says on their own phone; its author is whoever handed them the link.

    Raises:
        PictureLinkSpent: this phone has opened none, or its time is over.
        SubjectMissing: the record is not theirs.
    """
    with transaction():
        link = _opened(device_secret, at)
        subject = subjects([record_id]).get(record_id)
        if subject is None or subject.enrolment_id != link.enrolment_id:
            raise SubjectMissing
        outcome = record_disagreements(_witness(link), [draft], at=at, way=Way.OWN_PHONE)[0]
        if outcome.result is Result.RECORDED:
            _trace(None, "picture.disagreed", link, at)
    return outcome


def close_on_phone(device_secret: str, *, at: datetime) -> None:
    """Close the picture on the phone for good; the phone has nothing of it afterwards."""
    with transaction():
        link = queries.find_opened(device_secret, at=at)
        if link is not None:
            _close(PictureLink.id == link.id, at)
            _trace(None, "picture-link.closed", link, at)


def _opened(device_secret: str, at: datetime) -> PictureLink:
    link = queries.find_opened(device_secret, at=at)
    if link is None:
        raise PictureLinkSpent
    return link


def _witness(link: PictureLink) -> Actor:
    """Return who handed the link over, as far as it reaches: the person's own provider."""
    return Actor(
        user_id=link.created_by_id,
        membership_id=link.membership_id,
        organisation_id=link.provider_id,
        roles=frozenset({Role.WORKER}),
    )


def _close(which: Any, at: datetime) -> None:
    with transaction() as session:
        session.execute(
            update(PictureLink)
            .where(which, PictureLink.closed_at.is_(None))
            .values(closed_at=at)
            .execution_options(synchronize_session=False)
        )


def _trace(actor: Actor | None, name: str, link: PictureLink, at: datetime) -> None:
    """Note an act of the worker, or, where there is no actor, of the person themselves."""
    by = {} if actor else {"by": "person"}
    trace(
        actor,
        name,
        at=at,
        subject_id=link.id,
        contract_id=link.contract_id,
        enrolment_id=link.enrolment_id,
        **by,
    )
