"""What the library of milestone kinds refuses."""

from app.core.errors import Conflict


class KindInUse(Conflict):
    """What was recorded keeps its meaning; other words need another code."""

    code = "milestone-kind-in-use"
    title = "This kind is in use"

    def __init__(self, kind_code: str) -> None:
        super().__init__(f"Milestones of the kind {kind_code} stand; give the changed one another code.")
