"""What statements refuse."""

from app.core.errors import Conflict


class StatementClosed(Conflict):
    """The statement is closed; what comes later stands on the next one."""

    code = "statement-closed"
    title = "The statement is closed"


class MoneyOutOfOrder(Conflict):
    """Money is paid, then passed on, then arrives."""

    code = "money-out-of-order"
    title = "Not yet"
