"""A claim on its way to a pack: people with numbers, records, evidence, and lines that were locked."""

import io
import zipfile
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from flask import Flask, current_app
from sqlalchemy import update

from app.claims.actions.drafting import add_lines, draft_claim
from app.claims.actions.locking import approve_claim, lock_claim, submit_claim
from app.claims.models import Claim
from app.core.database import db, joined
from app.core.storage import Storage
from app.enrolments.models import Enrolment
from app.exports.actions.files import Workshop
from app.exports.actions.lines import Press
from app.exports.actions.packs import PackOrder, write_pack
from app.exports.documents.contents.document import Document
from app.exports.documents.pages import compose
from app.participants.actions import sealed_columns
from app.participants.models import PersonDetails
from app.participants.rules.nino import NinoKeys
from config import DEMO_NINO_KEY
from tests.entitlements.builders import (
    World,
    make_payable_milestone,
    make_payable_start,
    make_person,
    make_world,
)

KEYS = NinoKeys({"test": DEMO_NINO_KEY})
MARCH = date(2025, 3, 1)
LOCKED_AT = datetime(2025, 3, 31, 12, tzinfo=UTC)
NAMES = (
    ("Zebediah", "Quillfeather"),
    ("Siân", "Llewellyn-Pryce"),
    ("=HYPERLINK(1)", "Żółkiewski"),
    ("Grace", "Okonkwo"),
)
NINOS = ("QQ123456C", "AB123457B", "AB123458", "")


@dataclass(frozen=True)
class Locked:
    """A locked claim and the world it stands in."""

    world: World
    claim: Claim
    enrolments: list[Enrolment]


class PlainPress:
    """Draws no page: its PDF is the page's text, so that tests of everything else are quick."""

    def __init__(self) -> None:
        self.drawn: list[Document] = []

    def pdf(self, document: Document, language: str = "en", *, created_at: datetime) -> bytes:
        self.drawn.append(document)
        return b"%PDF-1.7\n" + compose(document, language, created_at).html.encode()


@joined()
def make_named_person(world: World, number: int, **changes: Any) -> Enrolment:
    """Make one of the people above, with their number sealed."""
    enrolment = make_person(world, **changes)
    given_name, family_name = NAMES[number % len(NAMES)]
    nino = NINOS[number % len(NINOS)] or None
    with joined() as session:
        session.execute(
            update(PersonDetails)
            .where(PersonDetails.id == enrolment.participant_id)
            .values(
                given_name=given_name,
                family_name=family_name,
                **sealed_columns(KEYS, nino, enrolment.participant_id),
            )
        )
    return enrolment


def make_locked(people: int = 3, world: World | None = None, *, milestones: int = 2) -> Locked:
    """Make a claim of March with two milestones a person, £100 each, or one, and lock it."""
    made = world or make_world()
    enrolments = []
    for number in range(people):
        enrolment = make_named_person(made, number)
        make_payable_start(made, enrolment)
        day = date(2025, 1, 20) + timedelta(days=number % 28)
        make_payable_milestone(made, enrolment, day)
        if milestones > 1:
            make_payable_milestone(made, enrolment, day + timedelta(days=9), "course-completed")
        enrolments.append(enrolment)
    claim = draft_claim(made.preparer, made.contract.id, MARCH, at=LOCKED_AT)
    add_lines(made.preparer, claim.id, "all", at=LOCKED_AT)
    lock_claim(made.preparer, claim.id, at=LOCKED_AT)
    return Locked(made, db.session().get_one(Claim, claim.id), enrolments)


def submit(locked: Locked) -> None:
    """Approve and submit a locked claim."""
    at = LOCKED_AT + timedelta(hours=1)
    approve_claim(locked.world.approver, locked.claim.id, at=at)
    submit_claim(locked.world.approver, locked.claim.id, at=at)


def storage_of(app: Flask) -> Storage:
    """Return where an application keeps its files."""
    storage: Storage = app.extensions["storage"]
    return storage


def plain_press() -> Press:
    """Return a press that draws no page, on the application's own storage."""
    return Press(PlainPress(), storage_of(current_app))


def make_workshop(folder: Path) -> Workshop:
    """Return a workshop in a folder."""
    return Workshop(folder / "exports")


def ignore(_done: int, _total: int) -> None:
    """Look at no progress."""


def pack_of(locked: Locked, press: Press, **changes: Any) -> bytes:
    """Write a locked claim's pack, for its approver and with names unless told otherwise."""
    out = io.BytesIO()
    settings: dict[str, Any] = {
        "press": press,
        "actor": locked.world.approver,
        "with_identity": True,
        "keys": KEYS,
        "at": LOCKED_AT,
    }
    write_pack(out, locked.claim, PackOrder(**settings | changes), progress=ignore)
    return out.getvalue()


def files_of(pack: bytes) -> dict[str, bytes]:
    """Return what a pack holds, by name."""
    with zipfile.ZipFile(io.BytesIO(pack)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}
