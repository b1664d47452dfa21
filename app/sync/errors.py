"""What the batch door refuses."""

from app.core.errors import Conflict, DomainError, Invalid


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


class SealSecretMissing(DomainError):
    """The secret that a key of the seal lies under is not among those Waymark was given."""

    code = "seal-secret-missing"
    status = 503
    title = "The seal cannot be opened now"

    def __init__(self, secret_id: str) -> None:
        super().__init__(f"WAYMARK_SEAL_SECRET has no secret, or another one, named {secret_id!r}.")


class SealedForAnother(Invalid):
    """The seal opens for no key, author, device and place as they were named."""

    code = "sealed-for-another"
    title = "This was sealed for somebody else"

    def __init__(self) -> None:
        super().__init__("It opens only in its author's sign-in, unchanged, as the device sealed it.")


class SealKeyGone(Invalid):
    """The key it was sealed to is unknown, or was destroyed."""

    code = "seal-key-gone"
    title = "The key to this is gone"

    def __init__(self) -> None:
        super().__init__("It was sealed to a key that Waymark does not have, or keeps no more.")


class ContentDiffers(Invalid):
    """What arrived is not what the device says that it sent."""

    code = "content-differs"
    title = "This was altered on its way"

    def __init__(self) -> None:
        super().__init__("Its content has another SHA-256 than the item names; send it again.")


class SchemaRetired(Invalid):
    """The app that wrote this is older than the versions that are still taken."""

    code = "schema-retired"
    title = "The app is too old"

    def __init__(self) -> None:
        super().__init__(
            "This was written by an app of more than 180 days ago. Update the app and send it again."
        )


class StillSealed(Conflict):
    """What a kept item says cannot be read here."""

    code = "still-sealed"
    title = "It cannot be read"

    def __init__(self) -> None:
        super().__init__("It could not be opened, or was too large to be kept; it can only be discarded.")
