"""Who may read what is kept secret about people."""

from uuid import UUID

from app.core.permissions import Actor, Role, act


@act("nino.reveal", Role.CLAIMS_PREPARER, Role.CLAIMS_APPROVER)
def can_reveal_ninos(actor: Actor, prime_id: UUID) -> bool:
    """A claims preparer or approver of the contract's prime, for an identity sheet."""
    return actor.holds(Role.CLAIMS_PREPARER, Role.CLAIMS_APPROVER, at=prime_id)
