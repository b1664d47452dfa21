"""What the spine refuses."""

from app.core.errors import Conflict, Invalid, NotFound


class RecordConflict(Conflict):
    """The id stands already with other content; nothing has changed."""

    code = "record-conflict"
    title = "Another record has this id"


class RecordSuperseded(Conflict):
    """The version to correct has been corrected before; correct the newest one."""

    code = "record-superseded"
    title = "Already corrected"


class RecordMissing(NotFound):
    """There is no such record in sight, or it is of another kind or person."""

    code = "record-missing"
    title = "The record was not found"


class OccurredTooLate(Invalid):
    """A record cannot be dated after the day it was received."""

    code = "occurred-in-future"
    title = "The date lies in the future"


class SubjectMissing(RecordMissing):
    """What a child speaks of was refused, or has not arrived yet; send it again after its parent."""

    code = "subject-missing"
    title = "What this belongs to is not here"

    def __init__(self) -> None:
        super().__init__("The record that this belongs to was not found. It may not have been received yet.")


class DetailTaken(Conflict):
    """Another record holds the place that only one may have."""

    code = "place-taken"
    title = "Recorded already"


class RecordsOvertaken(DetailTaken):
    """Some of what was to be recorded together stands already; it is recorded kind by kind instead."""


class NotWithdrawable(Conflict):
    """Such a record is not taken back this way."""

    code = "not-withdrawable"
    title = "This cannot be withdrawn"
