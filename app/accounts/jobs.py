"""Forgetting what sign-in no longer needs."""

from datetime import timedelta

from app.accounts.actions.sessions import purge
from app.jobs.actions import handler
from app.jobs.rules import Work


@handler("purge-sessions", every=timedelta(hours=6))
def purge_sessions(work: Work) -> None:
    """Delete sessions, one-time links and tries that have been over for a month."""
    purge(before=work.at - timedelta(days=30))
