"""The frozen line: everything a payment rests on, as one canonical text that nobody can alter unseen."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from app.claims.rules.line_words import LINE_WORDS
from app.claims.rules.people import staff_reference
from app.core.json import canonical
from app.core.languages import LANGUAGES
from app.core.money import pounds
from app.entitlements.rules.saying import TONGUES, capital, day_in, retold, within
from app.evidence.models import EvidenceKind, ObtainedHow
from app.milestones.queries import said_title
from app.records.models import RecordKind
from app.records.rules import is_marked_late, lateness_days

FORMAT = "waymark-claim-line-1"
TESTIMONY = frozenset(
    {RecordKind.ASSESSMENT, RecordKind.MILESTONE, RecordKind.CONTACT, RecordKind.VERIFICATION}
)

# Of each list of a line what is said in words, and so stands in it once for each language.
SPOKEN: dict[str, tuple[str, ...]] = {
    "conditions": ("condition", "found", "needed"),
    "records": ("what", "mark"),
    "evidence": ("what", "obtained"),
    "people": ("act", "role", "when"),
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
    sayings: Sequence[Mapping[str, Any]] | None = None


@dataclass(frozen=True)
class _Speech:
    """How a line speaks in one language."""

    language: str

    def __call__(self, code: str, **words: object) -> str:
        """Return a text with its places filled."""
        return LINE_WORDS[self.language][code].format(**words)

    def day(self, day: date) -> str:
        """Return a day in words."""
        return day_in(self.language, day)


def frozen_text(parts: LineParts, records: Sequence[RecordPart]) -> tuple[str, str]:
    """Return the canonical JSON text of a line and its SHA-256, hexadecimal.

    It is English, and says under `said` the same in every other language: what was frozen is not worded anew.
    """
    content = line_content(parts, records)
    others = {language: _said(line_content(parts, records, language)) for language in LANGUAGES[1:]}
    text = canonical({**content, "said": others})
    return text, hashlib.sha256(text.encode()).hexdigest()


def _said(content: Mapping[str, Any]) -> dict[str, Any]:
    lists = {
        name: [{key: one[key] for key in keys} for one in content[name]] for name, keys in SPOKEN.items()
    }
    return {"delivered_by": content["delivered_by"], **lists}


def read_in(language: str, content: Mapping[str, Any]) -> dict[str, Any]:
    """Return a frozen line in a language; in English where it was not frozen in it."""
    said = content.get("said", {}).get(language)
    if said is None:
        return dict(content)
    lists = {
        name: [{**one, **words} for one, words in zip(content[name], said[name], strict=True)]
        for name in SPOKEN
    }
    return {**content, "delivered_by": said["delivered_by"], **lists}


def line_content(
    parts: LineParts, records: Sequence[RecordPart], language: str = LANGUAGES[0]
) -> dict[str, Any]:
    """Return what a line says: rule, price, conditions, records, evidence and people, without a name."""
    words = _Speech(language)
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
        "delivered_by": words(
            "delivered-by",
            provider=parts.provider,
            delivery=words(f"delivery-{parts.delivery}"),
            tier=parts.tier,
        ),
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
        "conditions": _conditions(parts, records, references, words),
        "records": [_record(part, references, by_root, words) for part in facts],
        "evidence": [_evidence(part, references, by_root, words) for part in items],
        "people": _people(parts, records, references, words),
    }


def is_verified_outside(records: Sequence[RecordPart]) -> bool:
    """Whether somebody outside the provider verified a record; such a line is marked and always sampled."""
    return any(part.is_outside for part in records)


def _conditions(
    parts: LineParts, records: Sequence[RecordPart], references: Mapping[UUID, str], words: _Speech
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
        for condition in retold(words.language, parts.conditions, parts.sayings)
    ]
    most = words("any-number") if parts.max_per_person is None else str(parts.max_per_person)
    found += [
        _stated(words, "once", words("once-found", number=parts.occurrence, most=most)),
        _stated(words, "price", pounds(parts.price_pence)),
        _stated(words, "window", words("window-found", day=words.day(parts.closes_on))),
        _stated(words, "five-people", words("five-people-found")),
    ]
    if is_verified_outside(records):
        found.append(_stated(words, "verified-outside", words("verified-outside-found")))
    return found


def _stated(words: _Speech, code: str, found: str) -> dict[str, Any]:
    return {
        "code": code,
        "condition": words(code),
        "met": True,
        "found": found,
        "needed": "",
        "records": "",
    }


def _record(
    part: RecordPart, references: Mapping[UUID, str], by_root: Mapping[UUID, str], words: _Speech
) -> dict[str, Any]:
    about = by_root.get(part.subject_root_id) if part.subject_root_id else None
    what = _what(part, words)
    if part.kind is RecordKind.VERIFICATION and about:
        what = words("verification-of", what=what, about=about)
    if part.disputed_on:
        what = words("disagreed", what=what, day=words.day(part.disputed_on))
    return {
        "ref": references[part.record_id],
        "id": part.record_id,
        "kind": part.kind,
        "what": what,
        "occurred_on": part.occurred_on,
        "recorded_at": part.recorded_at,
        "received_at": part.received_at,
        "mark": _mark(part, words),
        "clock_corrected": part.clock_offset_seconds is not None,
        "sha256": part.content_hash,
    }


def _what(part: RecordPart, words: _Speech) -> str:
    """Return what a record is: ``Milestone: travelled alone``, ``Review: worker``."""
    if part.rated:
        occasion, rater = part.rated
        return f"{capital(TONGUES[words.language].occasions[occasion])}: {words(f'rater-{rater}')}"
    code = f"kind-{part.kind.value}"
    what = words(code) if code in LINE_WORDS[words.language] else capital(part.kind.value)
    if part.milestone:
        what = f"{what}: {within(said_title(words.language, part.milestone))}"
    return what


def _mark(part: RecordPart, words: _Speech) -> str:
    """Return whether testimony came in time; a document is judged by its own dates."""
    if part.kind in TESTIMONY and is_marked_late(part.occurred_on, part.received_at):
        return words("late", days=lateness_days(part.occurred_on, part.received_at))
    return words("on-time")


def _evidence(
    part: RecordPart, references: Mapping[UUID, str], by_root: Mapping[UUID, str], words: _Speech
) -> dict[str, Any]:
    kind = part.evidence_kind
    how = words(f"obtained-{part.obtained_how.value}") if part.obtained_how else ""
    on = words.day(part.obtained_on) if part.obtained_on else ""
    return {
        "ref": references[part.record_id],
        "id": part.record_id,
        "kind": kind,
        "what": capital(TONGUES[words.language].kinds[kind.value]) if kind else "",
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
    parts: LineParts, records: Sequence[RecordPart], references: Mapping[UUID, str], words: _Speech
) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for is_verifying, act in ((False, "recorded"), (True, "verified")):
        own = [part for part in records if (part.kind is RecordKind.VERIFICATION) is is_verifying]
        for author_id in sorted({part.author_id for part in own}, key=str):
            theirs = [part for part in own if part.author_id == author_id]
            refs = sorted((references[part.record_id] for part in theirs), key=_reference_order)
            days = sorted(part.occurred_on for part in theirs)
            first, last = words.day(days[0]), words.day(days[-1])
            is_outside = any(part.is_outside for part in theirs)
            found.append(
                {
                    "act": words(act, references=", ".join(refs)),
                    "role": words("outside-verifier") if is_outside else parts.provider,
                    "staff_reference": staff_reference(parts.contract_id, author_id),
                    "when": first if first == last else words("from-to", first=first, last=last),
                }
            )
    found.append(_staff(parts, words, "prepared", parts.prepared_by_id))
    if parts.locked_by_id is not None:
        found.append(_staff(parts, words, "locked", parts.locked_by_id, parts.locked_at))
    return found


def _reference_order(reference: str) -> tuple[bool, int]:
    return reference[0] != "R", int(reference[1:])


def _staff(
    parts: LineParts, words: _Speech, act: str, user_id: UUID, at: datetime | None = None
) -> dict[str, Any]:
    return {
        "act": words(act),
        "role": words("claims", prime=parts.prime),
        "staff_reference": staff_reference(parts.contract_id, user_id),
        "when": "" if at is None else canonical(at).strip('"'),
    }
