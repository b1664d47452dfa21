"""More time for a second baseline: once, with a reason, and before the baseline is locked."""

from datetime import datetime
from uuid import UUID

from app.core.database import transaction
from app.core.permissions import Actor
from app.enrolments import policies
from app.enrolments.errors import BaselineNotExtendable, EnrolmentNotInState
from app.enrolments.models import Enrolment, ExtensionReason
from app.enrolments.queries.standing import get_clock
from app.enrolments.rules import BASELINE_LOCKS_EXTENDED_DAYS, ON_PROGRAMME
from app.enrolments.steps import admit, note_step, settle
from app.records.rules import london_day


def extend_baseline(actor: Actor, enrolment_id: UUID, *, reason: ExtensionReason, at: datetime) -> Enrolment:
    """Lock a baseline four weeks later than usual, so that the second one can still be taken.

    The step is appended to the story of the enrolment and cannot be taken back.

    Args:
        actor: A manager of the provider.
        enrolment_id: Whose.
        reason: Why it could not be taken in time.
        at: When.

    Raises:
        NotFound: the actor sees no such enrolment.
        Forbidden: the actor manages nobody there.
        EnrolmentNotInState: the person has not started, or has left.
        BaselineNotExtendable: there is no first baseline, it is locked, or it was extended before.
    """
    with transaction():
        enrolment = admit(actor, enrolment_id, policies.can_extend_baseline)
        if enrolment.state not in ON_PROGRAMME:
            raise EnrolmentNotInState(enrolment.state, "started or paused")
        if enrolment.baseline_on is None or enrolment.second_baseline_on is not None:
            raise BaselineNotExtendable("Only a first baseline that waits for its second can be extended.")
        if get_clock(enrolment.id).is_extended:
            raise BaselineNotExtendable("It was extended before; that can be done once.")
        if enrolment.baseline_locks_on is not None and enrolment.baseline_locks_on < london_day(at):
            raise BaselineNotExtendable(
                f"It was locked on {enrolment.baseline_locks_on:%-d %B %Y}; until then it could be extended "
                f"to {BASELINE_LOCKS_EXTENDED_DAYS} days."
            )
        note_step(actor, enrolment, "baseline-extended", at, reason=reason.value)
        settle(enrolment)
    return enrolment
