"""Gathering what is frozen into lines: a fixed number of queries for a thousand lines."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from sqlalchemy import select

from app.assessments.models import Assessment
from app.claims.models import Claim, ClaimLine, ClaimLineRecord
from app.claims.rules.freeze import LineParts, RecordPart
from app.claims.rules.states import line_number
from app.contracts.models import Contract, Subcontract
from app.core.database import db
from app.core.model import alias_of
from app.disagreements.queries import disagreements_with
from app.enrolments.models import Enrolment
from app.entitlements.models import Entitlement
from app.evidence.models import EvidenceItem, StoredFile, Verification
from app.milestones.models import Milestone, MilestoneKind
from app.organisations.models import Organisation
from app.participants.models import Participant
from app.ratecards.models import Rate, RateCard
from app.records.models import Record

_Old = alias_of(ClaimLine)


def parts_of(claim: Claim, line_ids: Sequence[UUID]) -> dict[UUID, tuple[LineParts, list[RecordPart]]]:
    """Return what each of these lines of a claim says, and the records it rests on."""
    records = _records(line_ids)
    commissioner = db.session().get(Organisation, claim.contract.commissioner_id)
    prime = db.session().get_one(Organisation, claim.contract.prime_id)
    cured = _labels(line_ids)
    found: dict[UUID, tuple[LineParts, list[RecordPart]]] = {}
    for row in _rows(line_ids):
        line: ClaimLine = row.ClaimLine
        rate: Rate = row.Rate
        card: RateCard = row.RateCard
        parts = LineParts(
            line=f"{claim.label}/{line_number(line.position)}",
            contract_id=claim.contract_id,
            contract=f"{claim.contract.code}, {claim.contract.title}",
            prime=prime.short_name,
            commissioner=commissioner.short_name if commissioner else "",
            provider=row.provider,
            delivery=row.Subcontract.delivery.value,
            tier=row.Subcontract.tier,
            month=claim.month,
            person=row.reference,
            rate_code=line.rate_code,
            rate_title=rate.title,
            rule=_rule(rate, card),
            card=card.code,
            card_title=card.title,
            card_version=card.version,
            card_sha256=card.definition_sha256,
            max_per_person=rate.max_per_person,
            occurrence=line.occurrence,
            price_pence=line.price_pence,
            provider_share_pence=line.provider_share_pence,
            price_of=row.started_on,
            claimable_from=line.claimable_from,
            closes_on=line.closes_on,
            conditions=row.conditions,
            sayings=row.sayings,
            measurement=row.measurement,
            prepared_by_id=claim.prepared_by_id,
            locked_by_id=claim.locked_by_id,
            locked_at=claim.locked_at,
            cures=cured.get(line.cures_line_id) if line.cures_line_id else None,
        )
        found[line.id] = (parts, records[line.id])
    return found


def _rule(rate: Rate, card: RateCard) -> dict[str, Any]:
    return {
        "trigger": rate.trigger,
        "evidence": rate.evidence,
        "requires": rate.requires,
        "price_pence": rate.price_pence,
        "price_by_contract_year_percent": rate.price_by_contract_year_percent,
        "price_on": rate.price_on,
        "max_per_person": rate.max_per_person,
        "claim_lag_working_days": rate.claim_lag_working_days,
        "claim_window_days": card.claim_window_days,
        "cap_per_person_pence": card.cap_per_person_pence,
    }


def _rows(line_ids: Sequence[UUID]) -> Sequence[Any]:
    return (
        db.session()
        .execute(
            select(
                ClaimLine,
                Rate,
                RateCard,
                Subcontract,
                Entitlement.conditions,
                Entitlement.sayings,
                Entitlement.measurement,
                Participant.reference,
                Organisation.short_name.label("provider"),
                Enrolment.started_on,
            )
            .join(Rate, Rate.id == ClaimLine.rate_id)
            .join(RateCard, RateCard.id == Rate.rate_card_id)
            .join(Entitlement, Entitlement.id == ClaimLine.entitlement_id)
            .join(Participant, Participant.id == ClaimLine.participant_id)
            .join(Organisation, Organisation.id == ClaimLine.provider_id)
            .join(Enrolment, Enrolment.id == ClaimLine.enrolment_id)
            .join(
                Subcontract,
                (Subcontract.contract_id == ClaimLine.contract_id)
                & (Subcontract.provider_id == ClaimLine.provider_id),
            )
            .where(ClaimLine.id.in_(line_ids))
        )
        .all()
    )


def _labels(line_ids: Sequence[UUID]) -> dict[UUID, str]:
    """Return the numbers of the old lines that these ones cure."""
    rows = db.session().execute(
        select(_Old.id, Contract.code, Claim.month, Claim.number, _Old.position)
        .join(ClaimLine, ClaimLine.cures_line_id == _Old.id)
        .join(Claim, Claim.id == _Old.claim_id)
        .join(Contract, Contract.id == Claim.contract_id)
        .where(ClaimLine.id.in_(line_ids))
    )
    return {row.id: f"{row.code}-{row.month:%Y-%m}-{row.number}/{line_number(row.position)}" for row in rows}


_RECORD_COLUMNS: tuple[Any, ...] = (
    ClaimLineRecord.line_id,
    Record,
    EvidenceItem,
    Verification,
    MilestoneKind.title,
    StoredFile.kept_sha256,
    Assessment,
)


def _records(line_ids: Sequence[UUID]) -> dict[UUID, list[RecordPart]]:
    rows = db.session().execute(
        select(*_RECORD_COLUMNS)
        .join(Record, Record.id == ClaimLineRecord.record_id)
        .outerjoin(EvidenceItem, EvidenceItem.id == Record.id)
        .outerjoin(Verification, Verification.id == Record.id)
        .outerjoin(Milestone, Milestone.id == Record.id)
        .outerjoin(Assessment, Assessment.id == Record.id)
        .outerjoin(MilestoneKind, MilestoneKind.code == Milestone.kind_code)
        .outerjoin(
            StoredFile,
            (StoredFile.provider_id == EvidenceItem.provider_id)
            & (StoredFile.sent_sha256 == EvidenceItem.sent_sha256),
        )
        .where(ClaimLineRecord.line_id.in_(line_ids))
    )
    found: dict[UUID, list[RecordPart]] = defaultdict(list)
    for line_id, record, item, verification, title, kept_sha256, assessment in rows:
        part = _record(record, item, verification, title, kept_sha256)
        if assessment is not None:
            part = replace(part, rated=(assessment.sitting_kind.value, assessment.rater.value))
        found[line_id].append(part)
    return _with_disagreements(found)


def _with_disagreements(found: dict[UUID, list[RecordPart]]) -> dict[UUID, list[RecordPart]]:
    """Return the records with what the person said against them, which stands beside the fact for ever."""
    said = disagreements_with({part.root_id for parts in found.values() for part in parts})
    if not said:
        return found
    return {
        line_id: [
            replace(part, disputed_on=said[part.root_id].occurred_on) if part.root_id in said else part
            for part in parts
        ]
        for line_id, parts in found.items()
    }


def _record(
    record: Record,
    item: EvidenceItem | None,
    verification: Verification | None,
    title: str | None,
    kept_sha256: str | None,
) -> RecordPart:
    subject = item or verification
    return RecordPart(
        record_id=record.id,
        root_id=record.root_id,
        kind=record.kind,
        occurred_on=record.occurred_on,
        recorded_at=record.recorded_at,
        received_at=record.received_at,
        clock_offset_seconds=record.clock_offset_seconds,
        author_id=record.author_id,
        content_hash=record.content_hash,
        subject_root_id=subject.subject_root_id if subject else None,
        milestone=title,
        evidence_kind=item.kind if item else None,
        dated_on=item.dated_on if item else None,
        obtained_on=item.obtained_on if item else None,
        obtained_how=item.obtained_how if item else None,
        covers_from=item.covers_from if item else None,
        covers_until=item.covers_until if item else None,
        kept_sha256=kept_sha256,
        is_outside=verification.is_outside if verification else None,
    )
