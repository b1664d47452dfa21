"""What organisations refuse."""

from app.core.errors import Conflict


class OrganisationKnown(Conflict):
    """Names of organisations are unique: two of one name are one typed twice."""

    code = "organisation-known"
    title = "Already here"

    def __init__(self, name: str) -> None:
        super().__init__(f"An organisation named {name!r} is here already; choose it from the list.")
