"""Sittings as the rules of measured change read them: which one is the baseline, and which ones are reviews.

A sitting that was let be because the person was in crisis is no sitting here. Days are counted by the
person's own clock, which stands still while they are away.

Source:
    docs/open-ladders.md#sittings
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from app.assessments.models import Help, Rater, SittingKind
from app.assessments.rules import chose_not_to_rate, has_both
from app.enrolments.rules import SECOND_BASELINE_DAYS, Clock
from app.entitlements.rules.evidence_facts import EvidenceFact
from app.instruments.rules.inputs import ErrorInputs

DAYS_A_WEEK = 7
BASELINES = frozenset({SittingKind.BASELINE, SittingKind.SECOND_BASELINE})
REVIEWS = frozenset({SittingKind.REVIEW, SittingKind.EXIT})


@dataclass(frozen=True, kw_only=True)
class InstrumentFact:
    """What a sitting answered.

    Attributes:
        asked: The ladders that each rater is asked.
    """

    code: str
    version: int
    asked: Mapping[Rater, frozenset[str]]


@dataclass(frozen=True, kw_only=True)
class RatingFact:
    """One rater's answers that stand.

    Attributes:
        told_at: When they were recorded, by the device.
        noted: The ladders that a note was written to.
        focus: Three ladders that the person named.
        evidence: What supports the rating itself.
    """

    record_id: UUID
    root_id: UUID
    author_id: UUID
    rater: Rater
    occurred_on: date
    received_on: date
    told_at: datetime
    language: str
    scores: Mapping[str, int | None]
    noted: frozenset[str] = frozenset()
    help: Help = Help.NONE
    focus: tuple[str, ...] = ()
    evidence: tuple[EvidenceFact, ...] = ()


@dataclass(frozen=True, kw_only=True)
class SittingFact:
    """One occasion, with the ratings that stand."""

    sitting_id: UUID
    kind: SittingKind
    instrument: InstrumentFact
    ratings: tuple[RatingFact, ...]

    def of(self, rater: Rater) -> RatingFact | None:
        """Return one rater's answers."""
        return next((rating for rating in self.ratings if rating.rater is rater), None)

    @property
    def is_complete(self) -> bool:
        """Whether the person and the worker have both answered; to choose not to rate is an answer."""
        return has_both({rating.rater for rating in self.ratings})

    @property
    def on(self) -> date:
        """The day on which the later of the two answered."""
        pair = [rating.occurred_on for rating in self.ratings if rating.rater is not Rater.SECOND_RATER]
        return max(pair or [rating.occurred_on for rating in self.ratings])

    @property
    def lead(self) -> RatingFact:
        """The rating by which the sitting is known: the worker's where there is one."""
        return self.of(Rater.WORKER) or min(self.ratings, key=lambda rating: rating.root_id)


@dataclass(frozen=True, kw_only=True)
class MeasuredFacts:
    """What is known of one enrolment's sittings.

    Attributes:
        first_met_on: The first meeting; the start, where none is recorded.
        support: Days and minutes of the support given.
        plans_on: The days on which a plan was agreed.
        deliverers: The key worker, and who gave support: none of them can be the second rater.
        errors: The inputs that the contract's commissioner has.
    """

    clock: Clock
    first_met_on: date | None
    support: tuple[tuple[date, int], ...] = ()
    plans_on: tuple[date, ...] = ()
    deliverers: frozenset[UUID] = frozenset()
    sittings: tuple[SittingFact, ...] = ()
    errors: tuple[ErrorInputs, ...] = ()

    def known(self, sitting: SittingFact, rater: Rater, language: str) -> list[ErrorInputs]:
        """Return the inputs of a sitting's instrument version, one rater and language."""
        return [
            error
            for error in self.errors
            if (error.instrument, error.instrument_version) == _version(sitting)
            and (error.rater, error.language) == (rater.value, language)
        ]


@dataclass(frozen=True, kw_only=True)
class Baseline:
    """Where somebody began.

    Attributes:
        second: Only where it counts: a week or more after the first, before the baseline was locked.
        locked_on: None while the person is away, for then its time does not run.
        focus: Three ladders named in the first and before the second; empty on the ordinary route.
    """

    first: SittingFact
    second: SittingFact | None
    locked_on: date | None
    focus: tuple[str, ...] = ()

    @property
    def sides(self) -> tuple[SittingFact, ...]:
        """What change is measured from: both; on the focus route the second alone."""
        if self.second is None:
            return () if self.focus else (self.first,)
        return (self.second,) if self.focus else (self.first, self.second)


@dataclass(frozen=True, kw_only=True)
class Look:
    """A review, and whether it comes at a time at which it counts.

    Attributes:
        since_lock_days: From the day the baseline was locked; None while it is not.
        since_last_days: From the review before that counted.
        counts_from: The first day on which it would have come late enough.
    """

    sitting: SittingFact
    since_lock_days: int | None
    since_last_days: int | None
    counts_from: date
    is_in_time: bool


def find_first(facts: MeasuredFacts, instrument: str) -> SittingFact | None:
    """Return the first baseline, complete or not: a complete one before one that waits for a rating."""
    found = [s for s in facts.sittings if s.kind in BASELINES and s.instrument.code == instrument]
    return min(found, key=lambda s: (not s.is_complete, s.on, s.sitting_id), default=None)


def find_baseline(facts: MeasuredFacts, instrument: str, *, with_focus: bool = False) -> Baseline | None:
    """Return where somebody began on an instrument; None until both have rated.

    Args:
        facts: Of the enrolment.
        instrument: Its code.
        with_focus: The card has a focus route.
    """
    first = find_first(facts, instrument)
    if first is None or not first.is_complete:
        return None
    ends = facts.clock.locks_on(first.on)
    later = [s for s in facts.sittings if _is_second(s, first, facts.clock, ends)]
    second = min(later, key=lambda s: (s.on, s.sitting_id), default=None)
    return Baseline(
        first=first,
        second=second,
        locked_on=second.on if second else ends,
        focus=_focus(first, second) if with_focus else (),
    )


def _version(sitting: SittingFact) -> tuple[str, int]:
    return sitting.instrument.code, sitting.instrument.version


def _is_second(sitting: SittingFact, first: SittingFact, clock: Clock, ends: date | None) -> bool:
    return (
        sitting.kind is SittingKind.SECOND_BASELINE
        and sitting.is_complete
        and sitting.sitting_id != first.sitting_id
        and _version(sitting) == _version(first)
        and clock.days_between(first.on, sitting.on) >= SECOND_BASELINE_DAYS[0]
        and (ends is None or sitting.on <= ends)
    )


def _focus(first: SittingFact, second: SittingFact | None) -> tuple[str, ...]:
    """Return the ladders that were named before the second baseline; later it is too late to name any."""
    named = first.of(Rater.PARTICIPANT)
    if named is None or not named.focus:
        return ()
    if second is not None and min(rating.told_at for rating in second.ratings) <= named.told_at:
        return ()
    return named.focus


def find_looks(
    facts: MeasuredFacts, baseline: Baseline, min_weeks: int, stay: tuple[date, date | None]
) -> list[Look]:
    """Return the reviews on the programme in their order; each counts that comes late enough.

    That is so many weeks after the baseline was locked and after the review before it that counted: somebody
    who is rated every week would be found improved by chance before long.

    Args:
        facts: Of the enrolment.
        baseline: Where they began.
        min_weeks: As the card states it.
        stay: The first and the last day on the programme.
    """
    code, least = baseline.first.instrument.code, min_weeks * DAYS_A_WEEK
    begins, ends = stay
    reviews = sorted(
        (
            s
            for s in facts.sittings
            if s.kind in REVIEWS
            and s.instrument.code == code
            and max(begins, baseline.first.on) < s.on
            and (ends is None or s.on <= ends)
        ),
        key=lambda s: (s.on, s.sitting_id),
    )
    looks: list[Look] = []
    last: date | None = None
    for sitting in reviews:
        lock = baseline.locked_on
        since_lock = facts.clock.days_between(lock, sitting.on) if lock and lock <= sitting.on else None
        since_last = facts.clock.days_between(last, sitting.on) if last else None
        is_in_time = since_lock is not None and since_lock >= least
        is_in_time = is_in_time and (since_last is None or since_last >= least)
        looks.append(
            Look(
                sitting=sitting,
                since_lock_days=since_lock,
                since_last_days=since_last,
                counts_from=first_look_on(facts, baseline, min_weeks, last),
                is_in_time=is_in_time,
            )
        )
        if is_in_time and sitting.is_complete:
            last = sitting.on
    return looks


def support_before(facts: MeasuredFacts, day: date) -> int:
    """Return the minutes of support that were given before a day."""
    return sum(minutes for on, minutes in facts.support if on < day)


def first_look_on(facts: MeasuredFacts, baseline: Baseline, min_weeks: int, last: date | None = None) -> date:
    """Return the first day on which a review counts; while the person is away, as if they came back now.

    Args:
        facts: Of the enrolment.
        baseline: Where they began.
        min_weeks: As the card states it, after the baseline was locked and after the review before.
        last: The review before that counted.
    """
    days = timedelta(weeks=min_weeks)
    if baseline.locked_on is None:
        return baseline.first.on + days
    begins = max(baseline.locked_on, last or baseline.locked_on)
    return facts.clock.after(begins, days.days) or begins + days


def rated(sides: Sequence[SittingFact], rater: Rater) -> list[RatingFact]:
    """Return a rater's answers in some sittings, without those in which they chose not to rate."""
    found = [rating for sitting in sides if (rating := sitting.of(rater)) is not None]
    return [rating for rating in found if not chose_not_to_rate(rating.scores)]
