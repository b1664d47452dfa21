"""Looking at teams: asked for each night, each team once a month."""

from datetime import timedelta

from app.jobs.actions import handler
from app.jobs.rules import Work
from app.signals.actions import look_at_teams


@handler("look-at-teams", every=timedelta(days=1))
def look_at_every_team(work: Work) -> None:
    """Look at the teams that were not looked at this month."""
    look_at_teams(at=work.at)
