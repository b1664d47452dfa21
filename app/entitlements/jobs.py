"""Settling in the background, so that whoever opens the board finds little left to do."""

from datetime import timedelta

from app.entitlements.actions import settle_everything
from app.entitlements.queries import stakes
from app.jobs.rules import Work, handler


@handler("settle-entitlements", every=timedelta(minutes=5))
def settle_entitlements(work: Work) -> None:
    """Settle everybody whose records changed."""
    settle_everything(at=work.at)


REGISTERED = (stakes.money_at_stake,)  # for the verification queue, which lies below
