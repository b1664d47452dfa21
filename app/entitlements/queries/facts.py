"""Gathering what the rules are given: a fixed number of queries, however many people."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Select, select

from app.contracts.models import Contract, Subcontract
from app.core.database import db
from app.core.model import Base
from app.disagreements.queries import open_disagreements
from app.employment.models import Employment
from app.enrolments.models import Enrolment, EnrolmentState, Start
from app.entitlements.queries.ratings import gather_measured, instruments_measured
from app.entitlements.rules.facts import (
    CardTerms,
    Disputed,
    EnrolmentFacts,
    EvidenceFact,
    MilestoneFact,
    PersonFacts,
    PlanFact,
    RateTerms,
    SpellFact,
    StartFact,
    Verified,
)
from app.entitlements.rules.standing import Standing, standing_of
from app.evidence.models import (
    WITHOUT_FILE,
    Decision,
    EvidenceItem,
    EvidenceKind,
    ObtainedHow,
    StoredFile,
    Verification,
)
from app.milestones.models import Milestone, MilestoneKind
from app.participants.models import Participant
from app.plans.models import ActionPlan
from app.ratecards.models import RateCard
from app.ratecards.queries import cards_for
from app.records.models import Record
from app.records.queries import stands
from app.records.rules import london_day

NEVER_BEGAN = frozenset({EnrolmentState.DECLINED, EnrolmentState.NEVER_STARTED})


def gather(contract: Contract, participant_ids: Sequence[UUID]) -> list[PersonFacts]:
    """Return all that the rules need of these participants of one contract, in the order of their ids."""
    enrolments = _enrolments(participant_ids)
    records = _records([row.id for row in enrolments])
    groups = {row.participant_id: row.payment_group_id for row in enrolments}
    priced_on = {row.id: row.started_on or row.referred_on for row in enrolments}
    cards = cards_for(contract.id, {(groups[row.participant_id], priced_on[row.id]) for row in enrolments})
    terms = {card.id: card_terms(card) for card in cards.values() if card}
    codes = instruments_measured([card for card in cards.values() if card])
    ids = [row.id for row in enrolments]
    measured = gather_measured(contract, ids, codes, records.evidence, records.plans)
    by_person: dict[UUID, list[EnrolmentFacts]] = defaultdict(list)
    for row in enrolments:
        card = cards[(groups[row.participant_id], priced_on[row.id])]
        by_person[row.participant_id].append(
            EnrolmentFacts(
                enrolment_id=row.id,
                provider_id=row.provider_id,
                share_basis_points=row.provider_share_basis_points,
                referred_on=row.referred_on,
                started_on=row.started_on,
                ended_on=row.ended_on,
                terms=terms[card.id] if card else None,
                starts=tuple(records.starts[row.id]),
                plans=tuple(records.plans[row.id]),
                milestones=tuple(records.milestones[row.id]),
                spells=tuple(records.spells[row.id]),
                measured=measured.get(row.id),
            )
        )
    standing = standing_of(participant_ids)
    disputed = _disputed(enrolments)
    return [
        replace(
            _person(contract, participant_id, by_person[participant_id], standing),
            disputed=tuple(disputed[participant_id]),
        )
        for participant_id in sorted(by_person)
    ]


def card_terms(card: RateCard) -> CardTerms:
    """Return a card as the rules read it."""
    return CardTerms(
        card_id=card.id,
        claim_window_days=card.claim_window_days,
        cap_per_person_pence=card.cap_per_person_pence,
        rates=tuple(
            RateTerms(
                rate_id=rate.id,
                position=rate.position,
                code=rate.code,
                title=rate.title,
                price_pence=rate.price_pence,
                trigger=rate.trigger,
                evidence=rate.evidence,
                percents=tuple(rate.price_by_contract_year_percent or ()),
                price_on=rate.price_on,
                max_per_person=rate.max_per_person,
                requires=tuple(rate.requires),
                claim_lag_working_days=rate.claim_lag_working_days,
            )
            for rate in card.rates
        ),
    )


def _person(
    contract: Contract, participant_id: UUID, enrolments: Sequence[EnrolmentFacts], standing: Standing
) -> PersonFacts:
    return PersonFacts(
        participant_id=participant_id,
        nation=contract.nation,
        contract_starts_on=contract.starts_on,
        contract_ends_on=contract.ends_on,
        enrolments=tuple(enrolments),
        lines=tuple(line for line in standing.lines if line.participant_id == participant_id),
        refusals=tuple(one for one in standing.refusals if one.participant_id == participant_id),
        waits=tuple(one for one in standing.waits if one.participant_id == participant_id),
    )


def _disputed(enrolments: Sequence[Any]) -> dict[UUID, list[Disputed]]:
    """Return by participant what they disagree with, on whichever enrolment it stands."""
    people = {row.id: row.participant_id for row in enrolments}
    found: dict[UUID, list[Disputed]] = defaultdict(list)
    for one in open_disagreements(list(people)):
        found[people[one.enrolment_id]].append(
            Disputed(record_id=one.subject_id, kind=one.subject_kind, occurred_on=one.subject_on)
        )
    return found


def _enrolments(participant_ids: Sequence[UUID]) -> Sequence[Any]:
    rows = db.session().execute(
        select(
            Enrolment.id,
            Enrolment.participant_id,
            Enrolment.provider_id,
            Enrolment.referred_on,
            Enrolment.started_on,
            Enrolment.ended_on,
            Participant.payment_group_id,
            Subcontract.provider_share_basis_points,
        )
        .join(Participant, Participant.id == Enrolment.participant_id)
        .join(
            Subcontract,
            (Subcontract.contract_id == Enrolment.contract_id)
            & (Subcontract.provider_id == Enrolment.provider_id),
        )
        .where(Enrolment.participant_id.in_(participant_ids), Enrolment.state.not_in(NEVER_BEGAN))
        .order_by(Enrolment.id)
    )
    return rows.all()


@dataclass
class _Records:
    evidence: dict[UUID, list[EvidenceFact]]
    starts: dict[UUID, list[StartFact]] = field(default_factory=lambda: defaultdict(list))
    plans: dict[UUID, list[PlanFact]] = field(default_factory=lambda: defaultdict(list))
    milestones: dict[UUID, list[MilestoneFact]] = field(default_factory=lambda: defaultdict(list))
    spells: dict[UUID, list[SpellFact]] = field(default_factory=lambda: defaultdict(list))


def _records(enrolment_ids: Sequence[UUID]) -> _Records:
    evidence = _evidence(enrolment_ids)
    judged = _verifications(enrolment_ids)
    kinds = _milestone_kinds()
    found = _Records(evidence)

    def spine(row: Row[Any]) -> dict[str, Any]:
        verified, is_returned = judged.get(row.id, ((), False))
        return {
            **_spine(row),
            "evidence": tuple(evidence.get(row.root_id, ())),
            "verifications": verified,
            "is_returned": is_returned,
        }

    for row in _rows(enrolment_ids, Start, Start.notice_given_on):
        found.starts[row.enrolment_id].append(StartFact(**spine(row), notice_given_on=row.notice_given_on))
    for row in _rows(enrolment_ids, ActionPlan):
        found.plans[row.enrolment_id].append(PlanFact(**_spine(row)))
    for row in _rows(enrolment_ids, Milestone, Milestone.kind_code):
        title, counts = kinds[row.kind_code]
        found.milestones[row.enrolment_id].append(
            MilestoneFact(**spine(row), kind_code=row.kind_code, title=title, counts=counts)
        )
    for row in _rows(
        enrolment_ids, Employment, Employment.started_on, Employment.ended_on, Employment.weekly_minutes
    ):
        found.spells[row.enrolment_id].append(
            SpellFact(
                **spine(row),
                started_on=row.started_on,
                ended_on=row.ended_on,
                weekly_minutes=row.weekly_minutes,
            )
        )
    return found


def _rows(enrolment_ids: Sequence[UUID], detail: type[Base], *columns: Any) -> Iterable[Row[Any]]:
    query: Select[Any] = (
        select(
            Record.id,
            Record.root_id,
            Record.enrolment_id,
            Record.occurred_on,
            Record.received_at,
            Record.author_id,
            *columns,
        )
        .join(detail, detail.id == Record.id)
        .where(Record.enrolment_id.in_(enrolment_ids), stands())
        .order_by(Record.id)
    )
    return db.session().execute(query)


def _spine(row: Row[Any]) -> dict[str, Any]:
    return {
        "record_id": row.id,
        "root_id": row.root_id,
        "occurred_on": row.occurred_on,
        "received_on": london_day(row.received_at),
        "author_id": row.author_id,
    }


def _evidence(enrolment_ids: Sequence[UUID]) -> dict[UUID, list[EvidenceFact]]:
    rows = db.session().execute(
        select(
            Record.id,
            Record.root_id,
            Record.author_id,
            Record.received_at,
            EvidenceItem.subject_root_id,
            EvidenceItem.kind,
            EvidenceItem.dated_on,
            EvidenceItem.covers_from,
            EvidenceItem.covers_until,
            EvidenceItem.obtained_how,
            StoredFile.id.label("file_id"),
            StoredFile.received_at.label("file_received_at"),
        )
        .join(EvidenceItem, EvidenceItem.id == Record.id)
        .outerjoin(
            StoredFile,
            (StoredFile.provider_id == EvidenceItem.provider_id)
            & (StoredFile.sent_sha256 == EvidenceItem.sent_sha256),
        )
        .where(Record.enrolment_id.in_(enrolment_ids), stands())
        .order_by(Record.id)
    )
    found: dict[UUID, list[EvidenceFact]] = defaultdict(list)
    for row in rows:
        found[row.subject_root_id].append(
            EvidenceFact(
                record_id=row.id,
                root_id=row.root_id,
                kind=row.kind,
                author_id=row.author_id,
                received_on=_arrived_on(row),
                dated_on=row.dated_on,
                covers_from=row.covers_from,
                covers_until=row.covers_until,
                has_file=row.kind in WITHOUT_FILE or row.file_id is not None,
                is_away=row.obtained_how is not ObtainedHow.WRITTEN_HERE,
            )
        )
    return found


def _arrived_on(row: Any) -> date:
    """Return the day on which an item was here in full: the record and, where it has one, the file."""
    moments = [row.received_at]
    if row.file_received_at is not None and row.kind not in WITHOUT_FILE:
        moments.append(row.file_received_at)
    return london_day(max(moments))


def _verifications(enrolment_ids: Sequence[UUID]) -> dict[UUID, tuple[tuple[Verified, ...], bool]]:
    """Return, by the version that was looked at, who verified it since it was last returned."""
    rows = db.session().execute(
        select(
            Record.id,
            Record.author_id,
            Record.received_at,
            Verification.subject_id,
            Verification.decision,
            Verification.is_outside,
        )
        .join(Verification, Verification.id == Record.id)
        .where(Record.enrolment_id.in_(enrolment_ids), stands())
        .order_by(Record.received_at, Record.id)
    )
    found: dict[UUID, tuple[tuple[Verified, ...], bool]] = {}
    for row in rows:
        verified, _ = found.get(row.subject_id, ((), False))
        if row.decision is Decision.RETURNED:
            found[row.subject_id] = ((), True)
            continue
        one = Verified(
            record_id=row.id,
            by_id=row.author_id,
            on=london_day(row.received_at),
            is_outside=row.is_outside,
        )
        found[row.subject_id] = ((*verified, one), False)
    return found


def _milestone_kinds() -> dict[str, tuple[str, frozenset[EvidenceKind]]]:
    rows = db.session().execute(select(MilestoneKind.code, MilestoneKind.title, MilestoneKind.counts))
    return {row.code: (row.title, _kinds(row.counts)) for row in rows}


def _kinds(codes: Collection[str]) -> frozenset[EvidenceKind]:
    return frozenset(EvidenceKind(code) for code in codes)
