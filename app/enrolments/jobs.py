"""Forgetting what referral lists left behind."""

from datetime import timedelta

from app.enrolments.referrals import forget_previews
from app.jobs.actions import handler
from app.jobs.rules import Work


@handler("forget-referral-previews", every=timedelta(hours=1))
def empty_previews(work: Work) -> None:
    """Empty previews that nobody confirmed for a day: they name people."""
    forget_previews(at=work.at)
