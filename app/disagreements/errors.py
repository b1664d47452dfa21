"""What disagreements refuse."""

from app.core.errors import Conflict


class NotDisputable(Conflict):
    """One disagrees with a fact, not with what supports or judges it, nor with what was taken back."""

    code = "not-disputable"
    title = "This is no fact to disagree with"


class DisagreedBefore(Conflict):
    """The person has said so already; it stands until they take it back or the record is corrected."""

    code = "disagreed-before"
    title = "They have said so already"


class OtherDisagreement(Conflict):
    """What is taken back is a disagreement about another record, or none."""

    code = "other-disagreement"
    title = "This belongs to another record"
