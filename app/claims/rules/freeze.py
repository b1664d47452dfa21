"""The frozen line: everything a payment rests on, as one canonical text that nobody can alter unseen."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from app.claims.rules.people import staff_reference
from app.core.json import canonical
from app.core.money import pounds
from app.entitlements.rules.change_words import OCCASIONS
from app.entitlements.rules.words import capital, day_words, kinds_words
from app.evidence.models import EvidenceKind, ObtainedHow
from app.records.models import RecordKind
from app.records.rules import is_marked_late, lateness_days

FORMAT = "waymark-claim-line-1"
TESTIMONY = frozenset(
    {RecordKind.ASSESSMENT, RecordKind.MILESTONE, RecordKind.CONTACT, RecordKind.VERIFICATION}
)

KIND_WORDS: dict[RecordKind, str] = {
    RecordKind.START: "Start; notice given",
    RecordKind.ACTION_PLAN: "Action plan",
    RecordKind.ASSESSMENT: "Rating",
    RecordKind.EMPLOYMENT: "Job",
    RecordKind.MILESTONE: "Milestone",
    RecordKind.VERIFICATION: "Verification",
    RecordKind.EVIDENCE: "Evidence",
}
RATER_WORDS = {"participant": "person", "worker": "worker", "second-rater": "second rater"}
OBTAINED_WORDS: dict[ObtainedHow, str] = {
    ObtainedHow.PHOTOGRAPHED: "photographed from the original",
    ObtainedHow.SCANNED: "scanned from the original",
    ObtainedHow.RECEIVED: "received",
    ObtainedHow.WRITTEN_HERE: "written here",
}


@dataclass(frozen=True, kw_only=True)
class RecordPart:
    """A record that a line rests on.

    Attributes:
        subject_root_id: What a verification or an evidence item is about.
        milestone: The title of the milestone's kind.
        rated: Of a rating the kind of its sitting, and the rater.
        disputed_on: When the person said that they disagree with the fact, and has not taken it back.
    """

    record_id: UUID
    root_id: UUID
    kind: RecordKind
    occurred_on: date
    recorded_at: datetime
    received_at: datetime
    clock_offset_seconds: int | None
    author_id: UUID
    content_hash: str
    subject_root_id: UUID | None = None
    milestone: str | None = None
    evidence_kind: EvidenceKind | None = None
    dated_on: date | None = None
    obtained_on: date | None = None
    obtained_how: ObtainedHow | None = None
    covers_from: date | None = None
    covers_until: date | None = None
    kept_sha256: str | None = None
    is_outside: bool | None = None
    rated: tuple[str, str] | None = None
    disputed_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class LineParts:
    """All that goes into one frozen line, besides its records."""

    line: str
    contract_id: UUID
    contract: str
    prime: str
    commissioner: str
    provider: str
    delivery: str
    tier: int
    month: date
    person: str
    rate_code: str
    rate_title: str
    rule: Mapping[str, Any]
    card: str
    card_title: str
    card_version: int
    card_sha256: str
    max_per_person: int | None
    occurrence: int
    price_pence: int
    provider_share_pence: int
    price_of: date | None
    claimable_from: date
    closes_on: date
    conditions: Sequence[Mapping[str, Any]]
    prepared_by_id: UUID
    locked_by_id: UUID | None
    locked_at: datetime | None
    cures: str | None
    measurement: Mapping[str, Any] | None = None


def frozen_text(parts: LineParts, records: Sequence[RecordPart]) -> tuple[str, str]:
    """Return the canonical JSON text of a line and its SHA-256, hexadecimal."""
    text = canonical(line_content(parts, records))
    return text, hashlib.sha256(text.encode()).hexdigest()


def line_content(parts: LineParts, records: Sequence[RecordPart]) -> dict[str, Any]:
    """Return what a line says: rule, price, conditions, records, evidence and people, without a name."""
    facts = sorted(
        (part for part in records if part.kind is not RecordKind.EVIDENCE),
        key=lambda part: (part.kind is RecordKind.VERIFICATION, part.occurred_on, part.record_id),
    )
    items = sorted(
        (part for part in records if part.kind is RecordKind.EVIDENCE),
        key=lambda part: (part.dated_on or part.occurred_on, part.record_id),
    )
    references = {part.record_id: f"R{place}" for place, part in enumerate(facts, 1)}
    references |= {part.record_id: f"E{place}" for place, part in enumerate(items, 1)}
    by_root = {part.root_id: references[part.record_id] for part in facts}
    measured = {} if parts.measurement is None else {"measurement": parts.measurement}
    marked = {"verified_outside": True} if is_verified_outside(records) else {}
    return {
        **measured,
        **marked,
        "format": FORMAT,
        "line": parts.line,
        "contract": parts.contract,
        "prime": parts.prime,
        "commissioner": parts.commissioner,
        "delivered_by": f"{parts.provider}, {parts.delivery}, tier {parts.tier}",
        "provider": parts.provider,
        "month": parts.month,
        "person": parts.person,
        "rate": parts.rate_code,
        "rate_title": parts.rate_title,
        "rule": parts.rule,
        "card": parts.card,
        "card_title": parts.card_title,
        "card_version": parts.card_version,
        "card_sha256": parts.card_sha256,
        "occurrence": parts.occurrence,
        "price_pence": parts.price_pence,
        "provider_share_pence": parts.provider_share_pence,
        "price_of": parts.price_of,
        "claimable_from": parts.claimable_from,
        "window_closes_on": parts.closes_on,
        "cures": parts.cures,
        "locked_at": parts.locked_at,
        "conditions": _conditions(parts, records, references),
        "records": [_record(part, references, by_root) for part in facts],
        "evidence": [_evidence(part, references, by_root) for part in items],
        "people": _people(parts, records, references),
    }


def is_verified_outside(records: Sequence[RecordPart]) -> bool:
    """Whether somebody outside the provider verified a record; such a line is marked and always sampled."""
    return any(part.is_outside for part in records)


def _conditions(
    parts: LineParts, records: Sequence[RecordPart], references: Mapping[UUID, str]
) -> list[dict[str, Any]]:
    found = [
        {
            "code": condition["code"],
            "condition": condition["condition"],
            "met": condition["met"],
            "found": condition["found"],
            "needed": condition["needed"],
            "records": ", ".join(
                references[UUID(record_id)]
                for record_id in condition["record_ids"]
                if UUID(record_id) in references
            ),
        }
        for condition in parts.conditions
    ]
    most = "any number" if parts.max_per_person is None else str(parts.max_per_person)
    closes = day_words(parts.closes_on)
    five = "Recorded, verified, prepared, approved and assessed by different people"
    found += [
        _stated("once", "Claimed once per person and number", f"Number {parts.occurrence} of {most}"),
        _stated("price", "Price of the card in force", pounds(parts.price_pence)),
        _stated("window", "Claimed within its window", f"Open at lock; closes {closes}"),
        _stated("five-people", five, "Checked at lock, again at approval and decision"),
    ]
    if is_verified_outside(records):
        outside = "Verified from outside the provider, which has too few people"
        found.append(_stated("verified-outside", outside, "Always sampled: its evidence is sent with it"))
    return found


def _stated(code: str, condition: str, found: str) -> dict[str, Any]:
    return {"code": code, "condition": condition, "met": True, "found": found, "needed": "", "records": ""}


def _record(part: RecordPart, references: Mapping[UUID, str], by_root: Mapping[UUID, str]) -> dict[str, Any]:
    what = KIND_WORDS.get(part.kind, part.kind.value.capitalize())
    if part.rated:
        occasion, rater = part.rated
        what = f"{capital(OCCASIONS[occasion])}: {RATER_WORDS[rater]}"
    if part.milestone:
        what = f"{what}: {part.milestone[:1].lower()}{part.milestone[1:]}"
    about = by_root.get(part.subject_root_id) if part.subject_root_id else None
    if part.kind is RecordKind.VERIFICATION and about:
        what = f"{what} of {about}"
    if part.disputed_on:
        what = f"{what} (the person disagreed on {day_words(part.disputed_on)})"
    return {
        "ref": references[part.record_id],
        "id": part.record_id,
        "kind": part.kind,
        "what": what,
        "occurred_on": part.occurred_on,
        "recorded_at": part.recorded_at,
        "received_at": part.received_at,
        "mark": _mark(part),
        "clock_corrected": part.clock_offset_seconds is not None,
        "sha256": part.content_hash,
    }


def _mark(part: RecordPart) -> str:
    """Return whether testimony came in time; a document is judged by its own dates."""
    if part.kind in TESTIMONY and is_marked_late(part.occurred_on, part.received_at):
        return f"{lateness_days(part.occurred_on, part.received_at)} days later"
    return "on time"


def _evidence(
    part: RecordPart, references: Mapping[UUID, str], by_root: Mapping[UUID, str]
) -> dict[str, Any]:
    kind = part.evidence_kind
    how = OBTAINED_WORDS[part.obtained_how] if part.obtained_how else ""
    on = day_words(part.obtained_on) if part.obtained_on else ""
    return {
        "ref": references[part.record_id],
        "id": part.record_id,
        "kind": kind,
        "what": capital(kinds_words([kind])) if kind else "",
        "own_date": part.dated_on,
        "obtained": f"{on}, {how}".strip(", "),
        "obtained_on": part.obtained_on,
        "obtained_how": part.obtained_how,
        "covers_from": part.covers_from,
        "covers_until": part.covers_until,
        "supports": by_root.get(part.subject_root_id, "") if part.subject_root_id else "",
        "recorded_at": part.recorded_at,
        "received_at": part.received_at,
        "kept_sha256": part.kept_sha256,
        "sha256": part.content_hash,
    }


def _people(
    parts: LineParts, records: Sequence[RecordPart], references: Mapping[UUID, str]
) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for is_verifying, act in ((False, "Recorded"), (True, "Verified")):
        own = [part for part in records if (part.kind is RecordKind.VERIFICATION) is is_verifying]
        for author_id in sorted({part.author_id for part in own}, key=str):
            theirs = [part for part in own if part.author_id == author_id]
            refs = sorted((references[part.record_id] for part in theirs), key=_reference_order)
            days = sorted(part.occurred_on for part in theirs)
            is_outside = any(part.is_outside for part in theirs)
            when = (
                day_words(days[0])
                if days[0] == days[-1]
                else f"{day_words(days[0])} to {day_words(days[-1])}"
            )
            found.append(
                {
                    "act": f"{act} {', '.join(refs)}",
                    "role": "Outside verifier" if is_outside else parts.provider,
                    "staff_reference": staff_reference(parts.contract_id, author_id),
                    "when": when,
                }
            )
    found.append(_staff(parts, "Prepared the claim", parts.prepared_by_id))
    if parts.locked_by_id is not None:
        found.append(_staff(parts, "Locked the claim", parts.locked_by_id, parts.locked_at))
    return found


def _reference_order(reference: str) -> tuple[bool, int]:
    return reference[0] != "R", int(reference[1:])


def _staff(parts: LineParts, act: str, user_id: UUID, at: datetime | None = None) -> dict[str, Any]:
    return {
        "act": act,
        "role": f"{parts.prime}, claims",
        "staff_reference": staff_reference(parts.contract_id, user_id),
        "when": "" if at is None else canonical(at).strip('"'),
    }
