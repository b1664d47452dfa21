"""Who reads signals, who answers them, and who sees what they were seen in."""

from uuid import UUID

from app.core.permissions import Actor, Role, act

# The prime's staff who read a team's signals once the team has had its time.
OF_PRIME = (Role.SUPPLY_CHAIN, Role.CLAIMS_PREPARER, Role.CLAIMS_APPROVER)


@act("signal.read", Role.MANAGER, *OF_PRIME)
def can_read_signals(actor: Actor) -> bool:
    """A manager of the team's own provider at once; the prime's supply-chain and claims staff later."""
    return actor.holds(Role.MANAGER, *OF_PRIME, at=actor.organisation_id)


@act("signal.answer", Role.MANAGER)
def can_answer_signal(actor: Actor, provider_id: UUID) -> bool:
    """A manager of the team's own provider."""
    return actor.holds(Role.MANAGER, at=provider_id)


@act("signal.see-records", Role.MANAGER)
def can_see_signal_records(actor: Actor, provider_id: UUID) -> bool:
    """A manager of the team's own provider, of the people they may see; nobody else, ever."""
    return actor.holds(Role.MANAGER, at=provider_id)
