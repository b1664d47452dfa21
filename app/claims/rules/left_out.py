"""Why a check leaves a line out: a code and what its sentence is made of, said in the reader's language."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from app.claims.rules.people import ACTS
from app.core.languages import LANGUAGES
from app.entitlements.rules.saying import day_in, sentences


class LeftOutReason(StrEnum):
    """Why a check leaves a line out."""

    NOT_CLAIMABLE = "not-claimable"
    ALREADY_CLAIMED = "already-claimed"
    RECORD_USED = "record-used"
    CONDITION_FAILED = "condition-failed"
    OUTSIDE_WINDOW = "outside-window"
    SAME_HUMAN = "same-human"
    RECORD_CORRECTED = "record-corrected"
    RECORD_DISPUTED = "record-disputed"


ENGLISH: dict[str, str] = {
    LeftOutReason.NOT_CLAIMABLE: "It is not claimable today.",
    LeftOutReason.ALREADY_CLAIMED: "It stands in another claim already.",
    LeftOutReason.RECORD_USED: "A record it rests on is used by another line of this rate.",
    LeftOutReason.CONDITION_FAILED: "A condition is no longer met: {conditions}.",
    LeftOutReason.OUTSIDE_WINDOW: "Its window closed on {day}.",
    LeftOutReason.SAME_HUMAN: "One human took two parts: {acts}. Another has to do one of them.",
    LeftOutReason.RECORD_CORRECTED: "A record it rests on was corrected or taken back.",
    LeftOutReason.RECORD_DISPUTED: "The person disagrees with a record it rests on.",
    "records-gone": "its records were taken back",
    "two-acts": "{one}, and {other}",
    **ACTS,
}

WELSH: dict[str, str] = {
    LeftOutReason.NOT_CLAIMABLE: "Ni ellir ei hawlio heddiw.",
    LeftOutReason.ALREADY_CLAIMED: "Mae mewn hawliad arall yn barod.",
    LeftOutReason.RECORD_USED: "Mae llinell arall o’r gyfradd hon yn defnyddio cofnod y mae’n dibynnu arno.",
    LeftOutReason.CONDITION_FAILED: "Nid yw amod yn cael ei fodloni mwyach: {conditions}.",
    LeftOutReason.OUTSIDE_WINDOW: "Caeodd ei gyfnod ar {day}.",
    LeftOutReason.SAME_HUMAN: "Cymerodd un person ddwy ran: {acts}. Rhaid i rywun arall wneud un ohonynt.",
    LeftOutReason.RECORD_CORRECTED: "Cafodd cofnod y mae’n dibynnu arno ei gywiro neu ei dynnu’n ôl.",
    LeftOutReason.RECORD_DISPUTED: "Mae’r person yn anghytuno â chofnod y mae’n dibynnu arno.",
    "records-gone": "tynnwyd ei gofnodion yn ôl",
    "two-acts": "{one}; {other}",
    "recorded": "ei gofnodi neu ei gyflwyno",
    "verified": "ei ddilysu",
    "prepared": "paratoi’r hawliad",
    "approved": "cymeradwyo’r hawliad",
    "assessed": "ei asesu",
}

LEFT_OUT_WORDS: Mapping[str, Mapping[str, str]] = {"en": ENGLISH, "cy": WELSH}


@dataclass(frozen=True)
class Why:
    """Why a line is left out.

    Attributes:
        reason: A code.
        words: A sentence: somebody's own, or that of a check in English.
        said: What a check's sentence is made of; None where somebody wrote it.
    """

    reason: str
    words: str
    said: dict[str, Any] | None = None


def why(reason: LeftOutReason, **said: Any) -> Why:
    """Return a check's reason.

    Args:
        reason: Its code.
        said: What the sentence names, as JSON keeps it: `conditions` pairs of the English and, where it is
            kept, the code with its saying; `day` an ISO day; `acts` two codes.
    """
    return Why(reason.value, _sentence(LANGUAGES[0], reason.value, said), said)


def told(language: str, given: Why) -> str:
    """Return a reason in a language; what somebody wrote stands as they wrote it."""
    if given.said is None or language == LANGUAGES[0] or language not in LEFT_OUT_WORDS:
        return given.words
    return _sentence(language, given.reason, given.said)


def _sentence(language: str, reason: str, said: Mapping[str, Any]) -> str:
    words = LEFT_OUT_WORDS[language]
    filled = {name: _NAMED[name](language, value) for name, value in said.items()}
    return words[reason].format(**filled)


def _conditions(language: str, value: list[Mapping[str, Any]]) -> str:
    if not value:
        return LEFT_OUT_WORDS[language]["records-gone"]
    return "; ".join(_condition(language, one) for one in value)


def _condition(language: str, one: Mapping[str, Any]) -> str:
    if language == LANGUAGES[0] or one["saying"] is None:
        return str(one["condition"])
    return str(sentences(language, one["code"], one["saying"])["condition"])


def _day(language: str, value: str) -> str:
    return day_in(language, date.fromisoformat(value))


def _acts(language: str, value: list[str]) -> str:
    words = LEFT_OUT_WORDS[language]
    return words["two-acts"].format(one=words[value[0]], other=words[value[1]])


_NAMED: dict[str, Callable[[str, Any], str]] = {"conditions": _conditions, "day": _day, "acts": _acts}
