"""Fields that are always told, and null where there is nothing to tell."""

from typing import Any

from marshmallow import fields


def day_or_null(**options: Any) -> fields.Date:
    """Return a field for a day."""
    return fields.Date(required=True, allow_none=True, **options)


def text_or_null(**options: Any) -> fields.String:
    """Return a field for a text."""
    return fields.String(required=True, allow_none=True, **options)
