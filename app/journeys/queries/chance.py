"""What chance explains of each ladder's course, for whoever oversees; whoever rates is never told."""

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import Any
from uuid import UUID

from app.instruments.queries import error_inputs
from app.instruments.rules.inputs import ErrorInputs
from app.instruments.rules.ladders import Basis, LadderChance, basis_for, ladder_chance
from app.journeys.queries.happenings import Rungs
from app.journeys.queries.telling import Fields
from app.journeys.rules import PARTICIPANT, WORKER, began_and_later

Known = dict[tuple[UUID, str, str], list[ErrorInputs]]


@lru_cache(maxsize=200)
def known_errors(commissioner_id: UUID, instrument_ids: frozenset[str], stamp: str | None) -> Known:
    """Return what a commissioner has signed for these instruments.

    It is kept, for calibrations are only ever added: then the moment of the newest, `stamp`, is another one.
    """
    return error_inputs(commissioner_id, [UUID(one) for one in instrument_ids]) if stamp else {}


class Chance:
    """What chance explains of one journey's ladders, by what its commissioner has signed."""

    def __init__(self, known: Known, today: date) -> None:
        self._known, self._today = known, today
        self._bases: dict[tuple[str, Basis], None] = {}  # in the order they were met

    def beside(self, rungs: Rungs, ladder: Fields, sittings: Sequence[Fields]) -> Fields | None:
        """Return both raters' chance on a ladder; None where nothing can be said of it."""
        tested = sum(one["is_higher_better"] for one in rungs.ladders)
        if ladder["is_context"] or not ladder["is_higher_better"]:
            return None
        found = {rater: self._of(rater, ladder, sittings, tested) for rater in (PARTICIPANT, WORKER)}
        return found if any(found.values()) else None

    def bases(self) -> list[Fields]:
        """Return what the bands rest on, each once, by rater."""
        told = [_told(rater, basis) for rater, basis in self._bases]
        return sorted(told, key=lambda one: str(one["rater"]))

    def _of(self, rater: str, ladder: Fields, sittings: Sequence[Fields], tested: int) -> Fields | None:
        began, later = began_and_later(sittings)
        before = [answer for sitting in began if (answer := _answer(sitting, rater, ladder["code"]))]
        after = _answer(later[-1], rater, ladder["code"]) if later else None
        if after is None or not before or {answer["language"] for answer in before} != {after["language"]}:
            return None
        known = self._known.get((UUID(ladder["instrument_id"]), rater, after["language"]), [])
        on = date.fromisoformat(after["occurred_on"])
        basis = basis_for(known, ladder["code"], on=on, today=self._today)
        self._bases[rater, basis] = None
        code = ladder["code"]
        return _shown(
            ladder_chance(
                basis, [one["scores"][code] for one in before], after["scores"][code], tested=tested
            )
        )


def _answer(sitting: Fields, rater: str, ladder: str) -> Fields | None:
    for answer in sitting["assessments"]:
        if answer["rater"] == rater and answer["scores"].get(ladder) is not None:
            found: Fields = answer
            return found
    return None


def _shown(found: LadderChance) -> dict[str, Any]:
    return {
        "half_width": float(found.half_width),
        "moved": float(found.moved),
        "is_sure": found.is_sure,
    }


def _told(rater: str, basis: Basis) -> Fields:
    error = basis.error
    return {
        "rater": rater,
        "state": basis.state,
        "source": error.source if error else None,
        "pairs": error.n if error else 0,
        "reference": error.reference if error else None,
        "valid_until": error.valid_until if error else None,
        "is_shared": basis.is_shared,
        "is_later": basis.is_later,
    }
