"""What participants refuse."""

from app.core.errors import Conflict, Invalid


class ReferralListUnreadable(Invalid):
    """The file is no CSV that can be read."""

    code = "referral-list-unreadable"
    title = "The list could not be read"


class AlreadyLinked(Conflict):
    """The two are known to be one human already."""

    code = "already-linked"
    title = "Linked already"


class NinoKeyMissing(Exception):
    """A number was sealed with a key that Waymark has not been given; the settings must name it."""

    def __init__(self, key_id: str) -> None:
        super().__init__(
            f"WAYMARK_NINO_KEY lacks the key {key_id!r} that sealed a number, or names another so."
        )
