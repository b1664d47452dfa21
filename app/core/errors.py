"""The refusals of the domain; `problems` turns them into answers, in one place."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class FieldFault:
    """One fault of one field: where it is, a stable code, and what to do about it.

    Attributes:
        value: What the detail names (another line, a reference, a column), so that an app can say the
            same in another language; empty where the code says it all.
    """

    field: str
    code: str
    detail: str
    value: str = ""

    def plain(self) -> dict[str, str]:
        """Return the fault as answers show it."""
        shown = {"field": self.field, "code": self.code, "detail": self.detail}
        return {**shown, "value": self.value} if self.value else shown


class DomainError(Exception):
    """A request that the rules refuse; nothing has changed."""

    code = "refused"
    status = 400
    title = "The request was refused"

    def __init__(self, detail: str, **context: object) -> None:
        super().__init__(detail)
        self.detail = detail
        self.context = context


class NotFound(DomainError):
    """There is no such thing, or it is out of the actor's sight: the answer is the same."""

    code = "not-found"
    status = 404
    title = "Not found"

    def __init__(self, detail: str = "There is nothing here that you can see.", **context: object) -> None:
        super().__init__(detail, **context)


class Forbidden(DomainError):
    """The thing is in sight, and the actor may not do this to it."""

    code = "not-allowed"
    status = 403
    title = "Not allowed"


class NotSignedIn(DomainError):
    """The request carries no live session."""

    code = "not-signed-in"
    status = 401
    title = "Sign in first"

    def __init__(self, detail: str = "Sign in, then try again.") -> None:
        super().__init__(detail)


class Conflict(DomainError):
    """The thing is in a state that does not allow the act."""

    code = "conflict"
    status = 409
    title = "Conflict"


class Invalid(DomainError):
    """One or more fields are wrong; each fault says which and what to do."""

    code = "invalid"
    status = 422
    title = "Some fields need correcting"

    def __init__(self, detail: str, faults: Sequence[FieldFault] = (), **context: object) -> None:
        super().__init__(detail, **context)
        self.faults = tuple(faults)

    @classmethod
    def field(cls, field: str, code: str, detail: str) -> "Invalid":
        """Return the refusal of a single field."""
        return cls(detail, [FieldFault(field, code, detail)])


class TooMany(DomainError):
    """The act was tried too often; `retry_after_seconds` says when to come back."""

    code = "too-many-tries"
    status = 429
    title = "Too many tries"

    def __init__(self, detail: str, retry_after_seconds: int) -> None:
        super().__init__(detail)
        self.retry_after_seconds = retry_after_seconds
