"""What enrolments refuse."""

from app.core.errors import Conflict, Invalid
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


class ReferralListUnreadable(Invalid):
    """The file is no CSV that can be read."""

    code = "referral-list-unreadable"
    title = "The list could not be read"
