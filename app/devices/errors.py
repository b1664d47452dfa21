"""What is refused about devices."""

from app.core.errors import Conflict, Forbidden


class DeviceRevoked(Forbidden):
    """The device records nothing more by itself."""

    code = "device-revoked"
    title = "This device was revoked"

    def __init__(self) -> None:
        super().__init__(
            "This tablet was taken out of use. What it holds is kept here for a manager to look at."
        )


class HandedInByAnother(Forbidden):
    """Somebody else handed it in from a rescue file."""

    code = "handed-in-by-another"
    title = "A manager must look at this"

    def __init__(self) -> None:
        super().__init__("It was handed in for a colleague. It is kept here for a manager to look at.")


class CaseClosed(Conflict):
    """The case was closed before."""

    code = "case-closed"
    title = "The case is closed"

    def __init__(self) -> None:
        super().__init__("Somebody closed it, or what was missing has come.")


class ItemSettled(Conflict):
    """The item was settled before, or needs no manager."""

    code = "item-settled"
    title = "This is settled"

    def __init__(self) -> None:
        super().__init__("It was recorded, replaced or discarded, or only its author can settle it.")
