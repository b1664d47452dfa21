"""Somebody cannot take part for a while, and goes on later; the clock stands still between the two days."""

from datetime import date, datetime
from uuid import UUID

from app.core.database import transaction
from app.core.errors import Invalid
from app.core.permissions import Actor
from app.enrolments import policies
from app.enrolments.models import Enrolment, PauseReason
from app.enrolments.queries.standing import events_of
from app.enrolments.steps import admit, note_step, settle, take
from app.records.rules import london_day


def pause_enrolment(
    actor: Actor, enrolment_id: UUID, *, reason: PauseReason, paused_on: date, at: datetime
) -> Enrolment:
    """Stop the clock for a person who cannot take part for a while.

    Args:
        actor: A worker or manager of the provider.
        enrolment_id: Whose.
        reason: Why, in a word; it stays with the provider.
        paused_on: Their first day away: from the start, or from the end of the pause before, to today.
        at: When.

    Raises:
        NotFound: the actor sees no such enrolment.
        Forbidden: the actor decides nothing there.
        EnrolmentNotInState: they have not started, or are away already.
        Invalid: the day is none of those.
    """
    with transaction():
        enrolment = admit(actor, enrolment_id, policies.can_decide_enrolment)
        take(enrolment, "paused")
        earliest = _last(enrolment, "resumed") or enrolment.started_on
        _check_day("paused_on", paused_on, earliest, at)
        note_step(actor, enrolment, "paused", at, happened_on=paused_on, reason=reason.value)
        settle(enrolment)
    return enrolment


def resume_enrolment(actor: Actor, enrolment_id: UUID, *, resumed_on: date, at: datetime) -> Enrolment:
    """Let the clock run again from a day between the pause and today.

    Raises:
        NotFound: the actor sees no such enrolment.
        Forbidden: the actor decides nothing there.
        EnrolmentNotInState: nothing is paused.
        Invalid: the day is none of those.
    """
    with transaction():
        enrolment = admit(actor, enrolment_id, policies.can_decide_enrolment)
        take(enrolment, "resumed")
        _check_day("resumed_on", resumed_on, _last(enrolment, "paused"), at)
        note_step(actor, enrolment, "resumed", at, happened_on=resumed_on)
        settle(enrolment)
    return enrolment


def _last(enrolment: Enrolment, name: str) -> date | None:
    """Return the day of the newest step of a name."""
    days = [event.happened_on for event in events_of(enrolment.id) if event.name == name]
    return days[-1] if days else None


def _check_day(field: str, day: date, earliest: date | None, at: datetime) -> None:
    if day > london_day(at):
        raise Invalid.field(field, "day-in-future", "The day lies in the future.")
    if earliest is not None and day < earliest:
        detail = f"Choose a day from {earliest:%-d %B %Y} to today."
        raise Invalid.field(field, "day-not-possible", detail)
