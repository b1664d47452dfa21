"""Days and moments of the demo world: working days, and when what was recorded reached the server."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from app.demo.chance import Chance
from app.records.rules import LONDON

SATURDAY = 5
FRIDAY = 4
DAILY_FOR_DAYS = 16
TABLETS_COME_BACK = time(17, 40)
DESK_OPENS = time(9, 20)


def working_day(day: date) -> date:
    """Return the day itself, or the Friday before a weekend."""
    return day - timedelta(days=max(0, day.weekday() - FRIDAY))


def next_working_day(day: date) -> date:
    """Return the day itself, or the Monday after a weekend."""
    return day + timedelta(days=(7 - day.weekday()) if day.weekday() >= SATURDAY else 0)


def moment(day: date, at: time) -> datetime:
    """Return the moment when clocks in London show this day and time."""
    return datetime.combine(day, at, LONDON)


def office_hour(chance: Chance, day: date) -> datetime:
    """Return a moment between half past nine and four on this day, to the minute."""
    return moment(day, time(9, 30)) + timedelta(
        minutes=chance.randrange(0, 390), seconds=chance.randrange(60)
    )


@dataclass(frozen=True)
class Diary:
    """The span the world is played over; it ends on the evening before `today`."""

    today: date
    months: int = 18

    @property
    def first_day(self) -> date:
        """The first day on which somebody is referred."""
        return working_day(self.today - timedelta(days=round(self.months * 30.44)))

    @property
    def last_day(self) -> date:
        """Yesterday: nothing that is played reaches the server after it."""
        return self.today - timedelta(days=1)

    def day(self, days_ago: int) -> date:
        """Return the working day so many days before today, or on the Friday before it."""
        return working_day(self.today - timedelta(days=days_ago))

    def arrival(self, recorded_at: datetime) -> datetime:
        """Return when a worker's record reaches the server: with the Friday's sync, lately every evening."""
        day = recorded_at.astimezone(LONDON).date()
        if (self.today - day).days > DAILY_FOR_DAYS:
            day += timedelta(days=(FRIDAY - day.weekday()) % 7)
        evening = moment(day, TABLETS_COME_BACK)
        return evening if evening >= recorded_at else evening + timedelta(days=7)

    def desk(self, day: date) -> datetime:
        """Return when a manager's act of about this day is done: on Monday morning, lately every morning."""
        if (self.today - day).days > DAILY_FOR_DAYS:
            day += timedelta(days=-day.weekday() % 7)
        return moment(next_working_day(day), DESK_OPENS)
