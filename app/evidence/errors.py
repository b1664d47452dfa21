"""What evidence and verification refuse."""

from app.core.errors import Conflict, Forbidden, Invalid


class NotEvidencable(Conflict):
    """Such a record takes no evidence, or is not verified."""

    code = "not-evidencable"
    title = "This record takes none"


class OwnWork(Forbidden):
    """Nobody passes their own work: not what they recorded, nor what they gave evidence for."""

    code = "own-work"
    title = "Somebody else must look at this"

    def __init__(self) -> None:
        super().__init__("You recorded this or its evidence; another person must verify it.")


class SubjectChanged(Conflict):
    """What was looked at is not what stands now."""

    code = "subject-changed"
    title = "It was changed meanwhile"


class LateReasonMissing(Invalid):
    """Testimony of this age is verified only with the reason why it is accepted."""

    code = "late-reason-missing"
    title = "Say why it is accepted so late"


class NoOutsideVerifier(Conflict):
    """The organisation has named nobody outside."""

    code = "no-outside-verifier"
    title = "No outside verifier"


class FileRefused(Invalid):
    """A file that is not kept; `reason` is a code that stands on the upload."""

    code = "file-refused"
    title = "The file was not accepted"

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(detail, reason=reason)
        self.reason = reason
