"""Looking for queues that may be lost, each hour."""

from datetime import timedelta

from app.devices.actions.reviewing import review_devices
from app.jobs.actions import handler
from app.jobs.rules import Work


@handler("review-devices", every=timedelta(hours=1))
def review(work: Work) -> None:
    """Open and close the cases of lost queues."""
    review_devices(at=work.at)
