"""The refusals of exports."""

from app.core.errors import Conflict, DomainError, Forbidden


class ExportNotReady(Conflict):
    """The file is still being made, or could not be made."""

    code = "export-not-ready"
    title = "The export is not ready"

    def __init__(self) -> None:
        super().__init__("The file is not there yet. Ask for the export itself: it says how far it is.")


class DocumentNotDrawn(DomainError):
    """The document could not be drawn within its limits; the next try may do better."""

    code = "document-not-drawn"
    status = 503
    title = "The document could not be made"

    def __init__(self) -> None:
        super().__init__("The PDF could not be made just now. Try again in a minute.")


class ClaimNotLocked(Conflict):
    """The claim is a draft; only what is frozen can be packed."""

    code = "claim-not-locked"
    title = "The claim is not locked"

    def __init__(self) -> None:
        super().__init__("Lock the claim first; a pack holds what is frozen.")


class ScheduleTooLong(Conflict):
    """The schedule takes longer to draw than anybody waits for an answer."""

    code = "schedule-too-long"
    title = "The schedule is long"

    def __init__(self) -> None:
        super().__init__(
            "So long a schedule is drawn in the evidence pack; ask for one. The CSV is here at once."
        )


class PackOutOfStep(RuntimeError):
    """The claim changed while its pack was made; the next try begins anew."""


class AskerGone(Forbidden):
    """Whoever asked works there no more; nothing is made for them."""

    code = "asker-gone"

    def __init__(self) -> None:
        super().__init__("Whoever asked for this works there no more.")
