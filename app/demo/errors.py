"""Why the demo world is not made."""

from app.core.errors import Conflict, DomainError
from app.demo.deeds import Deed


class DatabaseNotEmpty(Conflict):
    """Somebody works here already; the demo world is made in an empty database only."""

    code = "database-not-empty"
    title = "The database is not empty"

    def __init__(self) -> None:
        super().__init__("The database is not empty; the demo world is made in an empty one only.")


class DemoInProduction(Conflict):
    """Made-up people have no place among real ones."""

    code = "demo-in-production"
    title = "No demo in production"

    def __init__(self) -> None:
        super().__init__("This is a production set-up; the demo world is for trying Waymark out.")


class DeedRefused(DomainError):
    """A script does what a rule of Waymark refuses: a fault of the script."""

    code = "deed-refused"
    title = "The script breaks a rule"

    def __init__(self, deed: Deed, error: DomainError | None) -> None:
        who = f"person {deed.person.number} ({deed.person.journey}) by {deed.player}"
        why = f"{error.code}: {error.detail}" if error else "it stands already"
        super().__init__(f"{deed.act.name} of {who} at {deed.at:%Y-%m-%d %H:%M}: {why}")
