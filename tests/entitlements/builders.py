"""People whose records earn something: a contract with a card, records, evidence and verification."""

import hashlib
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any
from uuid import UUID

from sqlalchemy import select

from app.accounts.models import User
from app.contracts.models import Contract, Subcontract
from app.core.database import db, joined
from app.core.ids import new_id
from app.core.permissions import Actor, Role
from app.employment.models import Employment, EmploymentKind
from app.enrolments.models import Enrolment, NoticeManner, Start
from app.evidence.models import (
    Decision,
    EvidenceItem,
    EvidenceKind,
    ObtainedHow,
    StoredFile,
    Verification,
)
from app.milestones.models import Milestone, MilestoneKind
from app.organisations.models import Organisation
from app.plans.models import ActionPlan
from app.ratecards.actions import install_rate_cards
from app.ratecards.models import CardApplication, RateCard
from app.records.models import Record, RecordKind
from tests.builders import act_as, make_contract, make_enrolment, make_organisation, make_subcontract, save

CARD = """\
code: two-part
title: Progress in two parts
source: invented
claim_window_days: 90
cap_per_person_pence: 120000
rates:
  - {code: ATT, title: Start on the programme, trigger: {kind: started}, price_pence: 30000,
     max_per_person: 1, evidence: [action-plan]}
  - {code: P-OBS, title: Observable milestone, price_pence: 10000, max_per_person: 2,
     trigger: {kind: milestone, any_of: [travelled-alone, debt-plan, course-completed]},
     evidence_by_milestone: true}
  - {code: JOB, title: A job kept, price_pence: 50000, max_per_person: 1,
     trigger: {kind: job-sustained, weeks: 13, hours_min: 16},
     evidence: {any_of: [payslips, employer-confirmation]}}
  - {code: P-REL, title: Reliable improvement, price_pence: 30000, max_per_person: 1,
     trigger: {kind: reliable-improvement, instrument: open-ladders, min_weeks: 8, z: 2.24},
     evidence: [participant-confirmation]}
"""
KINDS = {
    "travelled-alone": ["participant-confirmation", "third-party-letter"],
    "debt-plan": ["third-party-letter", "photo"],
    "course-completed": ["certificate"],
}
START = date(2024, 11, 4)


@dataclass(frozen=True)
class World:
    """One contract with everybody who takes part in a payment, all of them different humans."""

    contract: Contract
    subcontract: Subcontract
    card: RateCard
    worker: Actor
    manager: Actor
    preparer: Actor
    approver: Actor
    assessor: Actor


@joined()
def make_world(card: str = CARD, **contract: Any) -> World:
    """Make a contract that applies a card from its first day."""
    prime = contract.pop("prime", None) or make_organisation()
    commissioner = make_organisation()
    made = make_contract(prime=prime, commissioner=commissioner, **contract)
    subcontract = make_subcontract(made, contract.get("provider"))
    loaded = apply_card(made, card)
    make_kinds()
    return World(
        contract=made,
        subcontract=subcontract,
        card=loaded,
        worker=act_as(Role.WORKER, at=subcontract.provider_id),
        manager=act_as(Role.MANAGER, at=subcontract.provider_id),
        preparer=act_as(Role.CLAIMS_PREPARER, at=prime),
        approver=act_as(Role.CLAIMS_APPROVER, at=prime),
        assessor=act_as(Role.ASSESSOR, at=commissioner),
    )


@joined()
def apply_card(contract: Contract, card: str = CARD, payment_group_id: UUID | None = None) -> RateCard:
    """Have a contract apply a card of its prime from its first day."""
    (loaded,) = install_rate_cards(contract.prime_id, card, at=noon(date(2024, 4, 1)))
    save(
        CardApplication(
            contract_id=contract.id,
            payment_group_id=payment_group_id,
            rate_card_id=loaded.id,
            applies_from=contract.starts_on,
        )
    )
    return loaded


@joined()
def make_kinds() -> None:
    """Make the milestone kinds that the card names, where they do not stand yet."""
    standing = set(db.session().scalars(select(MilestoneKind.code)))
    for position, (code, counts) in enumerate(KINDS.items()):
        if code not in standing:
            save(
                MilestoneKind(
                    code=code,
                    position=position,
                    title=code.replace("-", " ").capitalize(),
                    description="It was seen.",
                    jet_group="attitudes",
                    counts=counts,
                    hints={},
                    helps=["worker-observation"],
                )
            )


@joined()
def make_person(world: World, **changes: Any) -> Enrolment:
    """Make a started enrolment on the world's contract, its entitlements due."""
    columns: dict[str, Any] = {
        "started_on": START,
        "entitlements_due": True,
        "worker_id": world.worker.user_id,
    }
    return make_enrolment(world.subcontract, **columns | changes)


def noon(day: date) -> datetime:
    """Return noon of a day."""
    return datetime.combine(day, time(12), tzinfo=UTC)


def make_record(
    enrolment: Enrolment, kind: RecordKind, day: date, author: Actor | User | UUID, **changes: Any
) -> Record:
    """Insert a bare record; its day also says when it was recorded and received."""
    author_id = (
        author.user_id if isinstance(author, Actor) else author.id if isinstance(author, User) else author
    )
    record_id = new_id()
    columns: dict[str, Any] = {
        "id": record_id,
        "root_id": record_id,
        "contract_id": enrolment.contract_id,
        "provider_id": enrolment.provider_id,
        "enrolment_id": enrolment.id,
        "kind": kind,
        "occurred_on": day,
        "recorded_at": noon(day),
        "received_at": noon(day),
        "author_id": author_id,
        "content_hash": hashlib.sha256(record_id.bytes).hexdigest(),
    }
    record = Record(**columns | changes)
    with joined() as session:
        session.add(record)
        session.get_one(Enrolment, enrolment.id).entitlements_due = True
        session.flush()  # before the details, which refer to it
    return record


def walls(record: Record) -> dict[str, Any]:
    """Return what a detail row shares with its record."""
    return {"id": record.id, "contract_id": record.contract_id, "provider_id": record.provider_id}


@joined()
def make_start(world: World, enrolment: Enrolment, day: date = START, *, with_plan: bool = True) -> Record:
    """Record a start, with notice given and the action plan of that day."""
    record = make_record(enrolment, RecordKind.START, day, world.worker)
    save(
        Start(
            **walls(record),
            notice_id=enrolment.notice_id,
            notice_given_on=day,
            notice_manner=NoticeManner.READ_TOGETHER,
        )
    )
    if with_plan:
        plan = make_record(enrolment, RecordKind.ACTION_PLAN, day, world.worker)
        save(ActionPlan(**walls(plan), review_on=day, steps=[]))
    return record


@joined()
def make_milestone(
    world: World, enrolment: Enrolment, day: date, kind: str = "debt-plan", **changes: Any
) -> Record:
    """Record an observable event."""
    record = make_record(enrolment, RecordKind.MILESTONE, day, world.worker, **changes)
    save(Milestone(**walls(record), kind_code=kind))
    return record


@joined()
def make_job(world: World, enrolment: Enrolment, day: date, *, hours: int = 20) -> Record:
    """Record a spell of work that began on a day."""
    record = make_record(enrolment, RecordKind.EMPLOYMENT, day, world.worker)
    save(Employment(**walls(record), kind=EmploymentKind.EMPLOYED, started_on=day, weekly_minutes=hours * 60))
    return record


@joined()
def make_evidence(
    world: World,
    enrolment: Enrolment,
    subject: Record,
    day: date,
    kind: EvidenceKind = EvidenceKind.THIRD_PARTY_LETTER,
    *,
    with_file: bool = True,
    **changes: Any,
) -> Record:
    """Add an evidence item, its file with it."""
    record = make_record(enrolment, RecordKind.EVIDENCE, day, changes.pop("author", world.worker))
    sha256 = hashlib.sha256(record.id.bytes + b"file").hexdigest()
    columns: dict[str, Any] = {
        "subject_root_id": subject.root_id,
        "kind": kind,
        "dated_on": day,
        "obtained_on": day,
        "obtained_how": ObtainedHow.PHOTOGRAPHED,
        "sent_sha256": sha256,
    }
    save(EvidenceItem(**walls(record), **columns | changes))
    if with_file:
        save(
            StoredFile(
                provider_id=enrolment.provider_id,
                sent_sha256=sha256,
                kept_sha256=hashlib.sha256(sha256.encode()).hexdigest(),
                media_type="image/jpeg",
                size_bytes=1000,
                uploaded_by_id=world.worker.user_id,
                received_at=noon(day),
            )
        )
    return record


@joined()
def verify(
    world: World,
    enrolment: Enrolment,
    subject: Record,
    day: date,
    *,
    by: Actor | None = None,
    decision: Decision = Decision.VERIFIED,
    is_outside: bool = False,
) -> Record:
    """Judge a version of a record."""
    record = make_record(enrolment, RecordKind.VERIFICATION, day, by or world.manager)
    save(
        Verification(
            **walls(record),
            subject_id=subject.id,
            subject_root_id=subject.root_id,
            decision=decision,
            reason=None if decision is Decision.VERIFIED else "unclear",
            is_outside=is_outside,
        )
    )
    return record


@joined()
def make_payable_milestone(
    world: World, enrolment: Enrolment, day: date, kind: str = "debt-plan", *, is_outside: bool = False
) -> Record:
    """Record an event with a letter or certificate, verified the same day."""
    record = make_milestone(world, enrolment, day, kind)
    counts = EvidenceKind.CERTIFICATE if kind == "course-completed" else EvidenceKind.THIRD_PARTY_LETTER
    make_evidence(world, enrolment, record, day, counts)
    verify(world, enrolment, record, day, is_outside=is_outside)
    return record


@joined()
def make_payable_start(world: World, enrolment: Enrolment) -> Record:
    """Record a start with its plan, verified the same day."""
    record = make_start(world, enrolment)
    verify(world, enrolment, record, START)
    return record


def organisation_of(actor: Actor) -> Organisation:
    """Return where an actor acts."""
    return db.session().get_one(Organisation, actor.organisation_id)
