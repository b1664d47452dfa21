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
