"""Reads of the library of milestone kinds."""

from collections.abc import Collection

from sqlalchemy import bindparam, exists, select

from app.core.database import db
from app.milestones.models import Milestone, MilestoneKind


def milestone_kinds() -> list[MilestoneKind]:
    """Return all kinds in the library's order."""
    return list(db.session().scalars(select(MilestoneKind).order_by(MilestoneKind.position)))


def known_codes(codes: Collection[str]) -> set[str]:
    """Return those of these codes that are in the library."""
    return set(db.session().connection().execute(_CODES, {"codes": list(codes)}).scalars())


_CODES = select(MilestoneKind.code).where(MilestoneKind.code.in_(bindparam("codes", expanding=True)))


def is_used(code: str) -> bool:
    """Whether a milestone of this kind was ever recorded."""
    return db.session().scalar(select(exists().where(Milestone.kind_code == code))) or False
