"""What the schemas of every feature stand on."""

from datetime import date
from typing import Any

from marshmallow import ValidationError, fields

EARLIEST = date(1900, 1, 1)
LATEST = date(2199, 12, 31)


class Day(fields.Date):
    """A calendar day, YYYY-MM-DD, of a year that somebody alive can speak of.

    Beyond them days can no longer be reckoned with: weeks after the last of all there is no day.
    """

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> date:
        if not isinstance(value, str) or len(value) != 10:  # noqa: PLR2004 - YYYY-MM-DD
            raise ValidationError("Write the day as YYYY-MM-DD.")
        try:
            day = date.fromisoformat(value)
        except ValueError as error:
            raise ValidationError("There is no such day.") from error
        if not EARLIEST <= day <= LATEST:
            raise ValidationError(f"Choose a day from {EARLIEST.year} to {LATEST.year}.")
        return day
