"""What enrolments refuse."""

from app.core.errors import Conflict
from app.enrolments.models import EnrolmentState


class EnrolmentNotInState(Conflict):
    """The enrolment is in another state than the act needs."""

    code = "enrolment-not-in-state"
    title = "Not at this stage"

    def __init__(self, state: EnrolmentState, needed: str) -> None:
        super().__init__(f"The enrolment is {state}; this needs one that is {needed}.", state=state.value)


class NoticeNotGiven(Conflict):
    """Nobody starts before they were told what is kept, and who sees it."""

    code = "notice-not-given"
    title = "Notice has not been given"


class ReferralListFaulty(Conflict):
    """Rows are faulty, and nobody has said that they may be left out."""

    code = "referral-list-faulty"
    title = "Some rows are faulty"


class ReferralListGone(Conflict):
    """A preview names people, so it is kept for a day only."""

    code = "referral-list-gone"
    title = "The preview is no longer kept"


class ReferredAlready(Conflict):
    """The person is with this provider, or with another, at this moment."""

    code = "referred-already"
    title = "Already referred"


class BaselineNotExtendable(Conflict):
    """There is no first baseline yet, or it is locked, or its time was made longer before."""

    code = "baseline-not-extendable"
    title = "The time for a second baseline stays as it is"
