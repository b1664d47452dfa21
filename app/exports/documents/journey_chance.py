"""What a journey's paper says of chance, for whoever oversees: the same values as the screen."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from app.exports.documents.words import Words, number
from app.journeys.rules import PARTICIPANT, WORKER

Entry = Mapping[str, Any]


def chance_words(ladders: Sequence[Entry], words: Words, worker: str) -> Iterator[str]:
    """Yield what is said beside the pictures: which ladders moved more than chance explains, and how far."""
    told = [ladder for ladder in ladders if ladder["chance"]]
    sure = [
        words("journey.chance.ladder", ladder=ladder["short_title"], moves=moves)
        for ladder in told
        if (moves := "; ".join(_sure_moves(ladder["chance"], words, worker)))
    ]
    if sure:
        yield words("journey.chance.sure", ladders=words.list(sure))
    if len(told) > len(sure):
        yield words("journey.chance.within-others" if sure else "journey.chance.within")


def _sure_moves(chance: Entry, words: Words, worker: str) -> Iterator[str]:
    names = {PARTICIPANT: words("journey.chance-moved-you"), WORKER: worker}
    for rater, name in names.items():
        one = chance[rater]
        if one and one["is_sure"]:
            way = "up" if one["moved"] > 0 else "down"
            yield words(f"journey.chance.{way}", who=name, by=number(abs(one["moved"])))


def rests_on(bases: Sequence[Entry] | None, words: Words, worker: str) -> Iterator[str]:
    """Yield what the bands rest on: once where it is the same of both raters, else of each."""
    names = {PARTICIPANT: words("journey.chance-you"), WORKER: worker}
    told: dict[str, list[str]] = {}
    for basis in bases or ():
        told.setdefault(_basis(basis, words), []).append(names[basis["rater"]])
    for said, whose in told.items():
        yield said if len(told) == 1 else words("journey.chance-of", who=words.list(whose), said=said)


def _basis(basis: Entry, words: Words) -> str:
    if basis["source"] is None:
        return words("journey.rests-on.example")
    until = basis["valid_until"] and words.day(date.fromisoformat(basis["valid_until"]))
    key = "later" if basis["is_later"] else "few" if basis["state"] == "shadow" else basis["state"]
    said = words(f"journey.rests-on.{key}", pairs=basis["pairs"], until=until or "")
    return f"{said} {words('journey.rests-on.shared')}" if basis["is_shared"] else said
