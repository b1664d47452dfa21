"""Who may take a fact back."""

from uuid import UUID

from app.core.permissions import Actor, Role, act


@act("record.withdraw", Role.WORKER, Role.MANAGER)
def can_withdraw_record(actor: Actor, author_id: UUID, provider_id: UUID) -> bool:
    """Whoever recorded it, or a manager, of the provider that the person is enrolled with."""
    if actor.holds(Role.MANAGER, at=provider_id):
        return True
    return actor.holds(Role.WORKER, at=provider_id) and actor.user_id == author_id
