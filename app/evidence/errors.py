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


# Why a file is not kept, in the words of whoever must send another one.
REFUSALS = {
    "file-empty": "The file is empty. Take the photo again.",
    "file-too-large": "The file is larger than 15 MB. Take the photo at a smaller size.",
    "file-type": "Only photos (JPEG, PNG, HEIC) and PDFs can be kept. Send one of these.",
    "file-unreadable": "The file cannot be opened. Take the photo again, or save the PDF anew.",
    "file-dimensions": "The picture or document is too large to be opened safely. Send a smaller one.",
    "file-active": "The PDF holds scripts, forms or attachments. Print it to a plain PDF and send that.",
    "file-locked": "The PDF has a password. Save it without one and send that.",
    "file-too-slow": "The file took too long to open safely. Send a smaller photo of it.",
    "file-hash-differs": "The file did not arrive as it was sent. Send it again.",
}


class FileRefused(Invalid):
    """A file that is not kept; the code says why."""

    title = "The file was not accepted"

    def __init__(self, code: str) -> None:
        super().__init__(REFUSALS[code])
        self.code = code
