"""A person's script: deeds are written down here, and fall away where they would lie in the future."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from app.demo.casting import staff
from app.demo.chance import Chance
from app.demo.deeds import Act, Deed, Paper, Person
from app.demo.diary import Diary, moment, next_working_day, office_hour, working_day
from app.demo.pools import pools
from app.records.rules import LONDON

# Managers and the prime's staff act at a desk in the morning; workers' tablets come back in the evening.
DESK_ACTS = frozenset(
    {
        Act.ACCEPT,
        Act.DECLINE,
        Act.RESTRICT,
        Act.SEND_OUTSIDE,
        Act.VERIFICATION,
        Act.ASSIGN_ADVISER,
        Act.TRANSFER,
    }
)
# Whose tablets come back to the office a fortnight late, so that one team's records look like no other's.
COMES_LATE = "brightside/"
LATE_BY = timedelta(days=14)


def is_last(what: Mapping[str, Any]) -> bool:
    """Whether it is about the last sitting, which is sent before the enrolment ends."""
    detail: Mapping[str, Any] = what.get("detail", {})
    return bool(detail.get("sitting_kind") == "exit")


@dataclass
class Script:
    """What is done about one person.

    Attributes:
        counting_evidence: Kinds of evidence that count, by milestone kind.
        stay: Which enrolment is being written: 0, or 1 after a transfer.
        worker, verifier: Who acts in this stay.
        journey: Which plot is followed now.
    """

    person: Person
    diary: Diary
    chance: Chance
    counting_evidence: Mapping[str, Sequence[str]]
    worker: str
    verifier: str
    journey: str = ""
    stay: int = 0
    deeds: list[Deed] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.journey = self.journey or self.person.journey

    def add(
        self,
        act: Act,
        on: date,
        *,
        told_on: date | None = None,
        told_at: datetime | None = None,
        player: str | None = None,
        not_before: datetime | None = None,
        **what: Any,
    ) -> Deed:
        """Write an act down; it is kept where it reaches the server before today.

        Args:
            act: What is done.
            on: The day it is about.
            told_on: The day it is recorded, where that is later.
            told_at: The very moment it is recorded, where that matters.
            player: Who does it; the worker unless said.
            not_before: The arrival of what it builds on.
            **what: The rest of the deed.
        """
        recorded_at = told_at or office_hour(self.chance, told_on or on)
        at = self.diary.desk(told_on or on) if act in DESK_ACTS else self.diary.arrival(recorded_at)
        if act is Act.ASSESSMENT and self.worker.startswith(COMES_LATE) and not is_last(what):
            at += LATE_BY
        if act in DESK_ACTS:
            recorded_at = at
        if not_before is not None and at < not_before:
            at, recorded_at = not_before, max(recorded_at, not_before)
        deed = Deed(
            at=at,
            player=player or self.worker,
            act=act,
            person=self.person,
            id=what.pop("id", None) or self.chance.id_at(recorded_at),
            occurred_on=at.astimezone(LONDON).date() if act is Act.VERIFICATION else on,
            recorded_at=recorded_at,
            stay=self.stay,
            **what,
        )
        if at.astimezone(LONDON).date() <= self.diary.last_day:
            self.deeds.append(deed)
        return deed

    def verifier_at_provider(self) -> str:
        """Return a manager of the provider in this stay."""
        provider = self.worker.partition("/")[0]
        return staff().managers[provider][0]

    @property
    def goals(self) -> Sequence[Mapping[str, Any]]:
        """The goals people set themselves, with the steps towards them."""
        found: Sequence[Mapping[str, Any]] = pools()["goals"]
        return found

    def words(self, *path: str) -> str:
        """Return one sentence of the pools, found by its keys."""
        found: Any = pools()
        for key in path:
            found = found[key]
        return str(self.chance.of(found))

    def later(self, day: date, least: int, most: int) -> date:
        """Return a working day so many days later."""
        return next_working_day(day + timedelta(days=self.chance.randint(least, most)))

    def add_evidence(
        self, subject: Deed, kind: str, on: date, *, paper: Paper | None = None, **detail: Any
    ) -> Deed:
        """Write an evidence item down; a document has its own date and its file."""
        has_file = paper is not None
        how = (
            self.chance.of(("photographed", "scanned", "received"), (6, 2, 2)) if has_file else "written-here"
        )
        obtained_on = working_day(on)
        return self.add(
            Act.EVIDENCE,
            obtained_on,
            not_before=subject.at,
            subject_id=subject.id,
            paper=paper,
            detail={
                "kind": kind,
                "dated_on": (detail.pop("dated_on", None) or subject.occurred_on) if has_file else None,
                "obtained_on": obtained_on,
                "obtained_how": how,
                "covers_from": None,
                "covers_until": None,
                **detail,
            },
            texts={}
            if has_file
            else {"note": "They told me about it themselves, and I wrote it down with them."},
        )

    def next_desk_after(self, earlier: datetime, days: int) -> datetime:
        """Return the first desk moment so many days after something arrived."""
        return self.diary.desk(earlier.astimezone(LONDON).date() + timedelta(days=max(1, days)))

    def at_moment(self, day: date, hour: int, minute: int = 0) -> datetime:
        """Return a moment of a day by the clocks in London."""
        return moment(day, time(hour, minute))

    def id_of(self, day: date) -> UUID:
        """Return an id made on this day."""
        return self.chance.id_at(office_hour(self.chance, day))
