"""What a sentence names, as plain values that every language can say: days, kinds, titles, occasions.

They are kept as JSON beside the English, so that a sentence is made when somebody reads it.
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from app.assessments.models import Rater, SittingKind
from app.evidence.models import EvidenceKind
from app.records.models import RecordKind

# A figure or a text is said as it is; of the rest `is` tells what it is.
Named = str | int | Mapping[str, Any]


def plain(value: Any) -> Named:
    """Return a value as JSON holds it."""
    if isinstance(value, date):
        return {"is": "day", "on": value.isoformat()}
    return str(value) if isinstance(value, Decimal) else value


def part(code: str, **words: Any) -> Named:
    """Return a part of a sentence that a language has words for."""
    return {"is": "part", "code": code, "words": {name: plain(value) for name, value in words.items()}}


def every(parts: Iterable[Named]) -> Named:
    """Return several parts, all of which hold."""
    return {"is": "every", "of": list(parts)}


def kinds_of(needs: Iterable[Collection[EvidenceKind]]) -> Named:
    """Return kinds of evidence: one of each of these sets."""
    asked = [[kind.value for kind in EvidenceKind if kind in need] for need in needs]
    return {"is": "kinds", "of": [need for at, need in enumerate(asked) if need not in asked[:at]]}


def these_kinds(used: Collection[EvidenceKind]) -> Named:
    """Return kinds of evidence that are here, all of them."""
    return kinds_of([kind] for kind in EvidenceKind if kind in used)


def titles_of(milestones: Iterable[tuple[str, str]]) -> Named:
    """Return milestones by the code of their kind and its title."""
    return {"is": "milestones", "of": [list(one) for one in dict.fromkeys(milestones)]}


def ladders_of(instrument: str, version: int, codes: Iterable[str]) -> Named:
    """Return ladders of an instrument's version."""
    return {"is": "ladders", "instrument": instrument, "version": version, "of": list(codes)}


def sitting_of(kind: SittingKind, on: date) -> Named:
    """Return an occasion on which people rated."""
    return {"is": "sitting", "kind": kind.value, "on": on.isoformat()}


def record_of(kind: RecordKind, on: date) -> Named:
    """Return a record that somebody disagrees with."""
    return {"is": "record", "kind": kind.value, "on": on.isoformat()}


def rater(of: Rater) -> Named:
    """Return whose ratings."""
    return {"is": "rater", "of": of.value}


def own_rating(of: Rater | None) -> Named:
    """Return whose own rating; each rater's where it is nobody's in particular."""
    return {"is": "own", "of": of.value if of else "each"}
