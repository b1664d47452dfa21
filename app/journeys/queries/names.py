"""Names as lists and devices show them, worked out by the database: a first name and an initial."""

from typing import Any

from sqlalchemy import ColumnElement, Text, case, func, literal_column

_BLANK, _DOT, _NOTHING = (literal_column(word, Text()) for word in ("' '", "'.'", "''"))
_ONE: ColumnElement[int] = literal_column("1")

# Trimming a set of characters reads alike on both databases, where finding the last blank does not.


def person_name(given_name: Any, family_name: Any) -> ColumnElement[str]:
    """Return ``Dean M.`` from a person's two names."""
    initial = func.substr(family_name, _ONE, _ONE, type_=Text())
    return case((family_name == _NOTHING, given_name), else_=given_name + _BLANK + initial + _DOT)


def staff_name(name: Any) -> ColumnElement[str]:
    """Return ``Amina O.`` from a member of staff's whole name; null for nobody."""
    letters = func.replace(name, _BLANK, _NOTHING)
    first = func.substr(name, _ONE, func.length(name) - func.length(func.ltrim(name, letters)), type_=Text())
    initial = func.substr(name, func.length(func.rtrim(name, letters)) + _ONE, _ONE, type_=Text())
    return case((name == letters, name), else_=first + _BLANK + initial + _DOT)
