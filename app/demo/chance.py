"""Chance by seed: the same seed makes the same world, ids included."""

from collections.abc import Sequence
from datetime import datetime
from random import Random
from typing import TypeVar
from uuid import UUID

from app.core.ids import REFERENCE_ALPHABET

T = TypeVar("T")

_MILLISECONDS = 1000
_RAND_A_BITS = 12
_RAND_B_BITS = 62


class Chance(Random):
    """Random draws of one part of the world; parts with other names draw independently of each other."""

    def __init__(self, *names: object) -> None:
        super().__init__("/".join(str(name) for name in names))

    def happens(self, share: float) -> bool:
        """Whether something happens that happens in this share of cases, 0 to 1."""
        return self.random() < share

    def of(self, options: Sequence[T], weights: Sequence[float] | None = None) -> T:
        """Return one of the options."""
        return self.choices(options, weights)[0]

    def around(self, middle: float, spread: float) -> int:
        """Return a whole number near the middle, not below zero."""
        return max(0, round(self.gauss(middle, spread)))

    def id_at(self, moment: datetime) -> UUID:
        """Return a UUIDv7 of this moment.

        Source:
            RFC 9562, section 5.7
        """
        milliseconds = int(moment.timestamp() * _MILLISECONDS)
        value = milliseconds << 80 | 0x7 << 76 | self.getrandbits(_RAND_A_BITS) << 64
        return UUID(int=value | 0b10 << 62 | self.getrandbits(_RAND_B_BITS))


class SeededIds:
    """What `core.ids` draws from while the demo world is made; `at` is the moment being played."""

    def __init__(self, seed: int, at: datetime) -> None:
        self._chance = Chance(seed, "ids")
        self.at = at

    def new_id(self) -> UUID:
        """Return the next id of the moment being played."""
        return self._chance.id_at(self.at)

    def new_salt(self) -> str:
        """Return the next salt: no secret, for nobody in the demo is real."""
        return f"{self._chance.getrandbits(128):032x}"

    def new_reference(self) -> str:
        """Return the next pseudonymous reference."""
        return "WM-" + "".join(self._chance.choices(REFERENCE_ALPHABET, k=6))
