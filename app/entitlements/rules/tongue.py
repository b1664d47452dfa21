"""What a language has to say of the rules: one table for each kind of sentence, by code."""

from collections.abc import Mapping
from dataclasses import dataclass

Table = Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class Tongue:
    """A language's tables; `words` and `change_words` hold the English, `welsh` and `change_welsh` the Welsh.

    Attributes:
        conditions: A condition as a card states it, and what would meet it.
        found: What was found.
        tasks: What a worker can do about it.
        parts: What sentences name besides days, figures and titles.
        kinds: Kinds of evidence.
        disputed: Kinds of records that a person disagrees with.
        raters: Whose ratings.
        own: Whose own rating of one occasion.
        occasions: Kinds of sittings.
        months: From January on.
        both: Between the last two things that are asked for together.
        one_of: Before kinds of which one is enough.
        either: Between the last two of them.
    """

    conditions: Mapping[str, tuple[str, str]]
    found: Table
    tasks: Table
    parts: Table
    kinds: Table
    disputed: Table
    raters: Table
    own: Table
    occasions: Table
    months: tuple[str, ...]
    both: str
    one_of: str
    either: str
