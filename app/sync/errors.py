"""What the batch door refuses."""

from app.core.errors import Conflict, DomainError, Forbidden


class DeviceRevoked(Forbidden):
    """The device may send no more."""

    code = "device-revoked"
    title = "This device was revoked"

    def __init__(self) -> None:
        super().__init__("This tablet was revoked. What it holds is kept here, but not recorded by itself.")


class Unrecordable(DomainError):
    """An item that the database itself refused; its neighbours are recorded."""

    code = "not-recordable"
    title = "This could not be recorded"

    def __init__(self) -> None:
        super().__init__("It could not be recorded as it is. It has been noted here.")


class WrongOffset(Conflict):
    """The chunk does not begin where the last one ended; `received_bytes` says where that is."""

    code = "wrong-offset"
    title = "Send from another place"

    def __init__(self, received_bytes: int) -> None:
        detail = f"{received_bytes} bytes have arrived; go on from there."
        super().__init__(detail, received_bytes=received_bytes)
