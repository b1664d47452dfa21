"""Forgetting files that were begun and never finished, and keys whose time is over."""

from datetime import timedelta

from flask import current_app

from app.core.storage import Storage
from app.jobs.actions import handler
from app.jobs.rules import Work
from app.sync.actions.seal_keys import destroy_old_seal_keys
from app.sync.actions.uploads import forget_stale_uploads


@handler("forget-stale-uploads", every=timedelta(hours=6))
def forget_stale(work: Work) -> None:
    """Forget uploads that were not gone on with for two weeks, with the pieces that had come."""
    storage: Storage = current_app.extensions["storage"]
    forget_stale_uploads(storage, at=work.at)


@handler("destroy-old-seal-keys", every=timedelta(hours=24))
def destroy_old_keys(work: Work) -> None:
    """Destroy the private keys that were retired 180 days ago."""
    destroy_old_seal_keys(at=work.at)
