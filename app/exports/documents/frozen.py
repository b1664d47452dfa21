"""A claim line's paper from the text that was frozen at lock: nothing is asked of the database."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from app.claims.rules.freeze import read_in
from app.exports.documents.contents.lines import (
    Act,
    Condition,
    LineDocument,
    LineEvidence,
    LineRecord,
    Measurement,
    RaterMeasurement,
)
from app.exports.documents.words import Words, words_of

SHORTEST_RANGE = 3


def line_document(frozen: str, language: str) -> LineDocument:
    """Return the paper of a line.

    Args:
        frozen: The line's canonical JSON, as `claims` froze it; it travels inside the PDF as it is.
        language: The language's code.
    """
    line = read_in(language, json.loads(frozen))
    words = words_of(language)
    claim, _, number = line["line"].rpartition("/")
    approves = Act(
        act=words("frozen.approves"),
        role=words("frozen.approver", prime=line["prime"]),
        staff_reference=words("none"),
        when=words("frozen.after-lock"),
    )
    return LineDocument(
        reference=line["line"],
        claim_reference=claim,
        line_number=number,
        person=line["person"],
        rate_code=line["rate"],
        rate_title=line["rate_title"],
        occurrence=line["occurrence"],
        amount_pence=line["price_pence"],
        price_of=_day(line["price_of"] or line["claimable_from"]),
        card=words("frozen.card", title=line["card_title"], version=line["card_version"]),
        month=_day(line["month"]),
        prime=line["prime"],
        commissioner=line["commissioner"],
        contract=line["contract"],
        delivered_by=line["delivered_by"],
        claimable_from=_day(line["claimable_from"]),
        closes_on=_day(line["window_closes_on"]),
        locked_at=_moment(line["locked_at"]),
        conditions=tuple(_condition(condition) for condition in line["conditions"]),
        measurement=_measurement(line.get("measurement"), words),
        records=tuple(_record(record, words) for record in line["records"]),
        records_note=words("frozen.cures", line=line["cures"]) if line["cures"] else "",
        evidence=tuple(_evidence(item) for item in line["evidence"]),
        people=(*(_act(act, words) for act in line["people"]), approves),
        source=frozen.encode(),
    )


def _day(text: str) -> date:
    return date.fromisoformat(text)


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


def _condition(condition: Mapping[str, Any]) -> Condition:
    return Condition(
        condition=condition["condition"],
        found=condition["found"],
        records=in_ranges(condition["records"]),
        met=condition["met"],
    )


def _measurement(frozen: Mapping[str, Any] | None, words: Words) -> Measurement | None:
    """Return how a change was measured: both raters, both occasions, and what it rests on."""
    if frozen is None or not frozen["raters"]:
        return None
    raters = frozen["raters"]
    first = raters[0]
    before = ", ".join(words.day(_day(one["occurred_on"])) for one in first["before"])
    after = ", ".join(words.day(_day(one["occurred_on"])) for one in first["after"])
    caption = words(
        "frozen.measured",
        instrument=_named(words, "instrument", first["instrument"]),
        version=first["instrument_version"],
        language=_named(words, "language", first["language"]),
        least=first["scale_min"],
        most=first["scale_max"],
        before=before,
        after=after,
    )
    sources = dict.fromkeys(
        words("frozen.calibration", rater=_rater(one, words), reference=one["reference"]) for one in raters
    )
    state = words(f"frozen.{frozen['state']}")
    note = " ".join((words("frozen.formula", before=len(first["before"])), *sources, state))
    return Measurement(caption=caption, raters=tuple(_rated(one, words) for one in raters), note=note)


def _named(words: Words, kind: str, code: str) -> str:
    """Return what a code is called; an instrument of somebody's own goes by its code."""
    named: Mapping[str, str] = words.look_up(f"frozen.{kind}")
    return named.get(code, code)


def _rater(one: Mapping[str, Any], words: Words) -> str:
    return words(f"frozen.{one['rater']}")


def _rated(one: Mapping[str, Any], words: Words) -> RaterMeasurement:
    return RaterMeasurement(
        rater=_rater(one, words),
        pairs=one["n"],
        reliability=float(one["r"]),
        reliability_used=float(one["r_lower"]),
        sd=float(one["sd"]),
        sem=float(one["sem"]),
        sdiff=float(one["sdiff"]),
        z=float(one["z"]),
        ladders=words("frozen.of", answered=len(one["ladders"]), asked=one["asked"]),
        before=float(one["baseline"]),
        now=float(one["later"]),
        needed=float(one["needed"]),
        found=float(one["change"]),
        index=float(one["rci"]),
    )


def _record(record: Mapping[str, Any], words: Words) -> LineRecord:
    return LineRecord(
        reference=record["ref"],
        what=record["what"],
        occurred_on=_day(record["occurred_on"]),
        recorded_at=_moment(record["recorded_at"]),
        received_at=_moment(record["received_at"]),
        testimony=record["mark"],
        sha256=record["sha256"],
        clock_corrected=record["clock_corrected"],
    )


def _evidence(item: Mapping[str, Any]) -> LineEvidence:
    return LineEvidence(
        reference=item["ref"],
        kind=item["what"],
        own_date=_day(item["own_date"]) if item["own_date"] else None,
        obtained=item["obtained"],
        supports=in_ranges(item["supports"]),
        sha256=item["kept_sha256"] or "",
    )


def _act(act: Mapping[str, Any], words: Words) -> Act:
    return Act(
        act=in_ranges(act["act"]),
        role=act["role"],
        staff_reference=act["staff_reference"],
        when=_when(act, words) or words("none"),
    )


def _when(act: Mapping[str, Any], words: Words) -> str:
    """Return when, in words: what was frozen as a moment is said in London time."""
    try:
        return words.moment(_moment(act["when"]))
    except ValueError:
        return str(act["when"])


_REFERENCES = re.compile(r"\b[RE]\d+(?:, [RE]\d+)+")


def in_ranges(text: str) -> str:
    """Return a text with its references in order, and three in a row or more as a range: ``R1–R4, R6``."""
    return _REFERENCES.sub(lambda found: ", ".join(_ranges(found[0].split(", "))), text)


def _ranges(references: Sequence[str]) -> Iterator[str]:
    for letter in sorted({reference[0] for reference in references}, reverse=True):
        numbers = sorted({int(reference[1:]) for reference in references if reference[0] == letter})
        runs: list[list[int]] = []
        for number in numbers:
            if runs and number == runs[-1][-1] + 1:
                runs[-1].append(number)
            else:
                runs.append([number])
        for run in runs:
            if len(run) >= SHORTEST_RANGE:
                yield f"{letter}{run[0]}–{letter}{run[-1]}"
            else:
                yield from (f"{letter}{number}" for number in run)
