"""Who is told that somebody disagrees, in the same transaction."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from app.core.permissions import Actor

Listener = Callable[[Actor, Sequence[UUID], datetime], None]
L = TypeVar("L", bound=Listener)

AFTER_DISAGREEMENT: list[Listener] = []


def after_disagreement(listener: L) -> L:
    """Register who is told, by their roots, of the facts that somebody has just disagreed with."""
    AFTER_DISAGREEMENT.append(listener)
    return listener
