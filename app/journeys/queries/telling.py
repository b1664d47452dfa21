"""What the records of one person tell: which stand, what supports each, what became of it.

Pure: from the records as `happenings` writes them to the parts of the journey.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from app.journeys.rules import PARTICIPANT, WORKER, short_name
from app.records.models import RecordKind

Fields = dict[str, Any]

WAITED_FOR = frozenset({RecordKind.START, RecordKind.MILESTONE, RecordKind.EMPLOYMENT})
BOTH = frozenset({PARTICIPANT, WORKER})  # until both have rated, a sitting is sealed

_BESIDE = frozenset({RecordKind.EVIDENCE, RecordKind.VERIFICATION, RecordKind.DISAGREEMENT})

# Which of a record's texts its entry shows; a sitting's own words show once it is open.
_WORDS = {
    RecordKind.START: "note",
    RecordKind.END: "note",
    RecordKind.MILESTONE: "description",
    RecordKind.INTERVENTION: "note",
    RecordKind.CONTACT: "note",
    RecordKind.EMPLOYMENT: "note",
    RecordKind.ACTION_PLAN: "goal",
}
_SPINE = ("kind", "record_id", "root_id", "occurred_on", "recorded_at", "received_at", "author_id", "author")
_UNTOLD = frozenset({"counts", "steps"})  # of a detail: shown elsewhere


@dataclass(frozen=True)
class Told:
    """A person's records, put in order."""

    standing: list[Fields]
    evidence: dict[str, list[Fields]]
    judgements: dict[str, Fields]
    corrections: list[Fields]
    disagreements: dict[str, list[Fields]] = field(default_factory=dict)

    @cached_property
    def _by_kind(self) -> dict[str, list[Fields]]:
        found: dict[str, list[Fields]] = {}
        for record in self.standing:
            found.setdefault(record["kind"], []).append(record)
        return found

    def of_kind(self, kind: RecordKind) -> list[Fields]:
        """Return the records of a kind that stand, oldest first."""
        return self._by_kind.get(kind, [])

    def state_of(self, record: Fields) -> str:
        """Return what became of a record: verified, returned, waiting for somebody to look, or received.

        Evidence that came after a return puts it right until somebody looks again.
        """
        judged = self.judgements.get(record["record_id"])
        if judged is None:
            return "waiting" if record["kind"] in WAITED_FOR else "received"
        decision: str = judged["decision"]
        newest_at = self._newest_evidence_at(record)
        is_put_right = decision == "returned" and newest_at > judged["at"]
        return "waiting" if is_put_right else decision

    def support_of(self, record: Fields) -> list[Fields]:
        """Return what supports a record, oldest first."""
        return [item["shown"] for item in self.evidence.get(record["root_id"], ())]

    def disagreements_with(self, *records: Fields) -> list[Fields]:
        """Return what the person said against records; what was said of an older version is answered."""
        if not self.disagreements:
            return []
        return [
            {name: value for name, value in one.items() if name != "subject_id"}
            | {"is_open": one["subject_id"] == record["record_id"]}
            for record in records
            for one in self.disagreements.get(record["root_id"], ())
        ]

    def _newest_evidence_at(self, record: Fields) -> str:
        return max((item["received_at"] for item in self.evidence.get(record["root_id"], ())), default="")


def tell(records: Sequence[Fields]) -> Told:
    """Return what the records tell.

    Args:
        records: Every version of every record, oldest first, as the database wrote them; put into our words
            here: the author's name is shortened, moments get their Z.
    """
    names: dict[str, str] = {}
    for record in records:
        author = record["author"]
        record["recorded_at"] += "Z"
        record["received_at"] += "Z"
        record["author"] = names.get(author) or names.setdefault(author, short_name(author))
    superseded = {record["supersedes_id"] for record in records}
    standing = [
        record
        for record in records
        if record["record_id"] not in superseded and not record["is_withdrawn"] and record["detail"]
    ]
    evidence: dict[str, list[Fields]] = {}
    judgements: dict[str, Fields] = {}
    disagreements: dict[str, list[Fields]] = {}
    beside = [record for record in standing if record["kind"] in _BESIDE]
    for record in sorted(beside, key=_by_arrival):
        if record["kind"] == RecordKind.EVIDENCE:
            root_id = record["detail"]["subject_root_id"]
            evidence.setdefault(root_id, []).append(
                {
                    "received_at": record["received_at"],
                    "is_written_here": record["detail"]["is_written_here"],
                    "shown": _item(record),
                }
            )
        elif record["kind"] == RecordKind.VERIFICATION:
            judgements[record["detail"]["subject_id"]] = _judgement(record)
        elif record["kind"] == RecordKind.DISAGREEMENT:
            root_id = record["detail"]["subject_root_id"]
            disagreements.setdefault(root_id, []).append(_disagreement(record))
    return Told(standing, evidence, judgements, _corrections(records), disagreements)


def _by_arrival(record: Fields) -> tuple[str, str]:
    return record["received_at"], record["record_id"]


def said(record: Fields, field: str) -> Any:
    """Return one free text of a record; None where it was not given or is forgotten."""
    return (record["texts"] or {}).get(field)


def _item(record: Fields) -> Fields:
    inner = ("subject_root_id", "is_written_here")
    detail = {key: value for key, value in record["detail"].items() if key not in inner}
    return {
        "record_id": record["record_id"],
        **detail,
        "note": said(record, "note"),
        "author_id": record["author_id"],
        "author": record["author"],
    }


def _judgement(record: Fields) -> Fields:
    return {
        "decision": record["detail"]["decision"],
        "reason": record["detail"]["reason"],
        "words": said(record, "words"),
        "by": record["author"],
        "at": record["received_at"],
        "is_outside": record["detail"]["is_outside"],
    }


def _disagreement(record: Fields) -> Fields:
    detail = record["detail"]
    return {
        "record_id": record["record_id"],
        "subject_id": detail["subject_id"],
        "occurred_on": record["occurred_on"],
        "way": detail["way"],
        "present": detail["present"],
        "words": said(record, "words"),
    }


def _corrections(records: Sequence[Fields]) -> list[Fields]:
    """Return what was corrected or taken back, newest first: when, by whom, why, and the day it had."""
    known = {record["record_id"]: record for record in records}
    later = sorted(
        (
            record
            for record in records
            if record["supersedes_id"] in known and record["kind"] != RecordKind.DISAGREEMENT
        ),
        key=_by_arrival,
        reverse=True,
    )
    return [
        {
            "record_id": record["record_id"],
            "supersedes_id": record["supersedes_id"],
            "root_id": record["root_id"],
            "kind": record["kind"],
            "corrected_at": record["received_at"],
            "by": record["author"],
            "reason": said(record, "reason"),
            "is_withdrawn": record["is_withdrawn"],
            "was_on": known[record["supersedes_id"]]["occurred_on"],
            "occurred_on": record["occurred_on"],
        }
        for record in later
    ]


def timeline(told: Told, titles: dict[str, str]) -> list[Fields]:
    """Return everything that happened, newest first; a sitting is one entry.

    Args:
        told: The person's records.
        titles: Of the instruments, by id.
    """
    placed = [
        ((record["occurred_on"], record["recorded_at"], record["record_id"]), _entry(told, record))
        for record in told.standing
        if record["kind"] in _WORDS
    ]
    placed += _sittings(told, titles)
    placed.sort(key=lambda entry: entry[0], reverse=True)
    return [entry for _, entry in placed]


def _entry(told: Told, record: Fields) -> Fields:
    entry = {name: record[name] for name in _SPINE}
    for key, value in record["detail"].items():
        if key not in _UNTOLD:
            entry[key] = value
    if record["kind"] == RecordKind.EMPLOYMENT:
        entry["employer"] = said(record, "employer")
    entry["is_corrected"] = record["supersedes_id"] is not None
    entry["words"] = said(record, _WORDS[record["kind"]])
    entry["state"] = told.state_of(record)
    entry["evidence"] = told.support_of(record)
    entry["disagreements"] = told.disagreements_with(record)
    entry["verification"] = told.judgements.get(record["record_id"])
    return entry


def _sittings(told: Told, titles: dict[str, str]) -> list[tuple[tuple[str, str, str], Fields]]:
    """Return one entry a sitting: who has rated, and the person's own words once both have."""
    gathered: dict[str, list[Fields]] = {}
    for answer in told.of_kind(RecordKind.ASSESSMENT):
        gathered.setdefault(answer["detail"]["sitting_id"], []).append(answer)
    placed = []
    for sitting_id, parts in gathered.items():
        occurred_on = max(part["occurred_on"] for part in parts)
        first = parts[0]["detail"]
        is_crisis = any(part["detail"]["is_crisis"] for part in parts)
        is_sealed = not is_crisis and not {part["detail"]["rater"] for part in parts} >= BOTH
        entry = {
            "kind": RecordKind.ASSESSMENT,
            "code": first["sitting_kind"],
            "sitting_id": sitting_id,
            "occurred_on": occurred_on,
            "words": None if is_sealed else _own_words(parts),
            "is_sealed": is_sealed,
            "disagreements": told.disagreements_with(*parts),
            "title": titles[first["instrument_id"]],
        }
        placed.append(((occurred_on, max(part["recorded_at"] for part in parts), sitting_id), entry))
    return placed


def _own_words(parts: Sequence[Fields]) -> Any:
    spoken = [said(part, "own_words") for part in parts if part["detail"]["rater"] == PARTICIPANT]
    return spoken[-1] if spoken else None
