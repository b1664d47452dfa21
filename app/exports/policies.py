"""Who may have what exported."""

from uuid import UUID

from app.claims.models import Claim
from app.core.permissions import Actor, Role, act
from app.exports.models import Export, ExportKind

_PACKING = (Role.CLAIMS_PREPARER, Role.CLAIMS_APPROVER)


@act("claim.pack", *_PACKING)
def can_pack_claim(actor: Actor, claim: Claim) -> bool:
    """A claims preparer or approver of the contract's prime; the identity sheet lies in the pack."""
    return actor.holds(*_PACKING, at=claim.contract.prime_id)


@act("organisation.export", Role.ADMINISTRATOR)
def can_export_organisation(actor: Actor, organisation_id: UUID) -> bool:
    """An administrator of the organisation: everything that it owns, as files."""
    return actor.holds(Role.ADMINISTRATOR, at=organisation_id)


def can_fetch_export(actor: Actor, export: Export) -> bool:
    """Whoever asked, while they hold a role that may ask."""
    if actor.user_id != export.asked_by_id:
        return False
    roles = _PACKING if export.kind is ExportKind.PACK else (Role.ADMINISTRATOR,)
    return actor.holds(*roles, at=export.organisation_id)
