"""What claims refuse."""

from collections.abc import Mapping, Sequence

from app.claims.models import Claim, ClaimLine
from app.core.errors import Conflict


class ClaimNotInState(Conflict):
    """The claim is in another state than the act needs."""

    code = "claim-not-in-state"
    title = "The claim is at another stage"

    def __init__(self, claim: Claim, needed: str) -> None:
        super().__init__(
            f"The claim is {claim.state}; this needs one that is {needed}.", state=claim.state.value
        )


class ClaimEmpty(Conflict):
    """No line is left that could go on."""

    code = "claim-empty"
    title = "The claim has no line"


class NoLineStands(ClaimEmpty):
    """A check left out every line; `left_out` names each with why, and nothing has changed."""

    code = "no-line-stands"
    title = "No line of the claim stands"

    def __init__(self, left_out: Sequence[Mapping[str, str | None]]) -> None:
        super().__init__("No line of the claim stands; each is named with why.", left_out=left_out)


class ClaimOvertaken(Conflict):
    """Somebody else changed the claim a moment ago."""

    code = "claim-overtaken"
    title = "Somebody else was quicker"


class SameHuman(Conflict):
    """One human may not take two of the parts in a payment."""

    code = "same-human"
    title = "Somebody else has to do this"


class LineNotInState(Conflict):
    """The line is in another state than the act needs."""

    code = "line-not-in-state"
    title = "The line is at another stage"

    def __init__(self, line: ClaimLine, needed: str) -> None:
        super().__init__(
            f"The line is {line.state}; this needs one that is {needed}.", state=line.state.value
        )


class NoClaimsHere(Conflict):
    """Nobody pays by results on a provider's own programme."""

    code = "no-claims-here"
    title = "This programme has no claims"


class TooLateToContest(Conflict):
    """An exclusion is contested before the claim is locked."""

    code = "too-late-to-contest"
    title = "The claim is locked"
