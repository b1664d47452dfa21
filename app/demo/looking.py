"""Signals: each team is looked at once a month, and one that stood out has answered."""

from collections.abc import Callable, Iterable
from datetime import datetime, time

from sqlalchemy import select

from app.core.database import db
from app.core.permissions import Role
from app.demo.diary import Diary, moment
from app.demo.setting import Setting
from app.signals.actions import answer_signal, look_at_teams
from app.signals.models import Signal

LOOKED_DAYS_AGO = (45, 12)  # never in one month
ANSWERED_DAYS_AGO = 38  # the first; what the second look finds waits for its answer
NIGHT, MORNING = time(2, 30), time(10, 40)
ANSWER = (
    "Ratings are taken where there is no signal, and our tablets came back to the office every other week. "
    "Since last month they are brought in each Friday."
)


def calendar(setting: Setting, diary: Diary) -> Iterable[tuple[datetime, Callable[[], None]]]:
    """Yield the looks, and the answer to what the first of them found."""
    for days_ago in LOOKED_DAYS_AGO:
        at = moment(diary.day(days_ago), NIGHT)
        yield at, lambda at=at: _look(at)  # type: ignore[misc]
    at = moment(diary.day(ANSWERED_DAYS_AGO), MORNING)
    yield at, lambda: _answer(setting, at)


def _look(at: datetime) -> None:
    look_at_teams(at=at)


def _answer(setting: Setting, at: datetime) -> None:
    for signal in db.session().scalars(select(Signal).order_by(Signal.id)).all():
        manager = setting.player_of(Role.MANAGER, signal.provider_id)
        answer_signal(manager, signal.id, ANSWER, at=at)
