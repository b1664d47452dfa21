"""Who may do what with an organisation's people and settings."""

from uuid import UUID

from app.core.permissions import Actor, Role, act


@act("people.see", Role.ADMINISTRATOR, Role.MANAGER)
def can_see_people(actor: Actor, organisation_id: UUID) -> bool:
    """An administrator or manager of the organisation."""
    return actor.holds(Role.ADMINISTRATOR, Role.MANAGER, at=organisation_id)


@act("people.change", Role.ADMINISTRATOR)
def can_change_people(actor: Actor, organisation_id: UUID) -> bool:
    """An administrator of the organisation: invites, gives roles, ends memberships, resets passwords."""
    return actor.holds(Role.ADMINISTRATOR, at=organisation_id)


@act("organisation.see", *(role for role in Role if role is not Role.OPERATOR))
def can_see_organisation(actor: Actor, organisation_id: UUID) -> bool:
    """Anybody who works for the organisation, in any role but the operator's."""
    return actor.holds(*(role for role in Role if role is not Role.OPERATOR), at=organisation_id)


@act("organisation.change", Role.ADMINISTRATOR)
def can_change_organisation(actor: Actor, organisation_id: UUID) -> bool:
    """An administrator of the organisation: its short name, its outside verifier."""
    return actor.holds(Role.ADMINISTRATOR, at=organisation_id)


@act("organisation.add", Role.ADMINISTRATOR)
def can_add_organisation(actor: Actor) -> bool:
    """An administrator of any organisation: adds a partner and invites its first administrator."""
    return Role.ADMINISTRATOR in actor.roles


@act("audit.see", Role.ADMINISTRATOR)
def can_see_audit(actor: Actor, organisation_id: UUID) -> bool:
    """An administrator of the organisation whose people did it."""
    return actor.holds(Role.ADMINISTRATOR, at=organisation_id)
