"""Who may verify."""

from uuid import UUID

from app.core.permissions import Actor, Role, act


@act("record.verify", Role.MANAGER)
def can_verify_for(actor: Actor, provider_id: UUID) -> bool:
    """A manager of the provider; never what they recorded or gave evidence for themselves."""
    return actor.holds(Role.MANAGER, at=provider_id)


_EVERYBODY = tuple(role for role in Role if role is not Role.OPERATOR)


@act("record.verify-outside", *_EVERYBODY)
def can_verify_outside(actor: Actor, verifier_id: UUID | None) -> bool:
    """The outside verifier to whom the record was sent, whatever they do; nobody else of their house."""
    return actor.user_id == verifier_id and not actor.roles.isdisjoint(_EVERYBODY)


@act("record.send-outside", Role.MANAGER)
def can_send_outside(actor: Actor, provider_id: UUID) -> bool:
    """A manager of the provider."""
    return actor.holds(Role.MANAGER, at=provider_id)


@act("file.send", Role.WORKER, Role.MANAGER)
def can_send_files(actor: Actor) -> bool:
    """A worker or manager, for their own organisation."""
    return actor.holds(Role.WORKER, Role.MANAGER, at=actor.organisation_id)
