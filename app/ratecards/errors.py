"""What rate cards refuse."""

from app.core.errors import Conflict


class CardAppliedAlready(Conflict):
    """Another card applies to the same people from the same day."""

    code = "card-applied-already"
    title = "Another card applies from that day"
