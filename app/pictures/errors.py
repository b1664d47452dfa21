"""What pictures refuse."""

from app.core.errors import NotFound


class PictureLinkSpent(NotFound):
    """A link that is unknown, opened on another phone, closed or older than seven days: one answer."""

    code = "picture-link-spent"
    title = "This link no longer works"

    def __init__(self) -> None:
        super().__init__("Ask your worker for a new link; each opens on one phone, for seven days.")
