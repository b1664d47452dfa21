"""What an entitlement is called on a day; the stored one never depends on it."""

from datetime import date

from app.entitlements.models import Entitlement, EntitlementState


def state_today(entitlement: Entitlement, today: date) -> str:
    """Return ``not-yet``, ``incomplete``, ``claimable``, ``closed``, ``claimed`` or ``not-evaluated``."""
    if entitlement.is_claimed:
        return "claimed"
    if entitlement.state in {EntitlementState.NOT_YET, EntitlementState.NOT_EVALUATED}:
        return entitlement.state.value
    is_open = entitlement.closes_on is not None and entitlement.closes_on >= today
    if entitlement.state is EntitlementState.INCOMPLETE and not is_open:
        return "closed"  # what was missing can no longer be put right
    if entitlement.claimable_from is None or entitlement.claimable_from > today:
        return EntitlementState.NOT_YET.value
    if entitlement.state is EntitlementState.INCOMPLETE:
        return EntitlementState.INCOMPLETE.value
    return "claimable" if is_open else "closed"
