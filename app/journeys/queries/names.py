"""Names as lists and devices show them, worked out by the database: a first name and an initial."""

from typing import Any

from sqlalchemy import ColumnElement, case, func

# trim with a set of characters reads alike on both databases, where finding the last blank does not.


def person_name(given_name: Any, family_name: Any) -> ColumnElement[str]:
    """Return ``Dean M.`` from a person's two names."""
    return case(
        (family_name == "", given_name), else_=given_name + " " + func.substr(family_name, 1, 1) + "."
    )


def staff_name(name: Any) -> ColumnElement[str]:
    """Return ``Amina O.`` from a member of staff's whole name; null for nobody."""
    letters = func.replace(name, " ", "")
    first = func.substr(name, 1, func.length(name) - func.length(func.ltrim(name, letters)))
    initial = func.substr(name, func.length(func.rtrim(name, letters)) + 1, 1)
    return case((name == letters, name), else_=first + " " + initial + ".")
