"""Refusals of instruments and their calibration."""

from app.core.errors import Conflict


class TooFewPairs(Conflict):
    """The ratings that people took anyway do not yet say what is asked of them."""

    code = "too-few-pairs"

    def __init__(self, pairs: int, needed: int) -> None:
        message = f"There are {pairs} pairs of ratings; an estimate needs {needed}."
        super().__init__(message, pairs=pairs, needed=needed)
