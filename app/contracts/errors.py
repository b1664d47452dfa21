"""What contracts refuse."""

from app.core.errors import Conflict


class CodeTaken(Conflict):
    """A code stands for one thing only."""

    code = "code-taken"
    title = "The code is taken"


class ProviderOnContract(Conflict):
    """A provider has one place on a contract."""

    code = "provider-on-contract"
    title = "Already on the contract"


class NoticeStands(Conflict):
    """A notice is never changed: what was given must stay what it was."""

    code = "notice-stands"
    title = "This notice stands already"
