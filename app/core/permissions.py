"""Roles, the actor, and the one register of what each role may do."""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, TypeVar
from uuid import UUID

from app.core.errors import Forbidden


class Role(StrEnum):
    """What a person does for the organisation they act in."""

    WORKER = "worker"
    MANAGER = "manager"
    ADVISER = "adviser"
    CLAIMS_PREPARER = "claims-preparer"
    CLAIMS_APPROVER = "claims-approver"
    SUPPLY_CHAIN = "supply-chain"
    ASSESSOR = "assessor"
    ADMINISTRATOR = "administrator"
    OPERATOR = "operator"


@dataclass(frozen=True)
class Actor:
    """Who acts: a user in the one membership they act in now."""

    user_id: UUID
    membership_id: UUID
    organisation_id: UUID
    roles: frozenset[Role]
    session_id: UUID | None = None
    language: str = "en"

    def holds(self, *roles: Role, at: UUID | None) -> bool:
        """Whether the actor holds one of these roles at this organisation."""
        return at is not None and at == self.organisation_id and not self.roles.isdisjoint(roles)


@dataclass(frozen=True)
class Act:
    """One thing that some roles may do: a row of the permission table."""

    name: str
    roles: tuple[Role, ...]
    words: str
    policy: Callable[..., bool] = field(repr=False, compare=False)


ACTS: dict[str, Act] = {}

P = TypeVar("P", bound=Callable[..., bool])


def act(name: str, *roles: Role) -> Callable[[P], P]:
    """Register a policy in the permission table; its docstring says whom it admits.

    Args:
        name: ``noun.verb`` in the client's words, unique.
        roles: The roles that can ever do it; the policy narrows them to the right organisation.
    """

    def register(policy: P) -> P:
        if name in ACTS:
            message = f"The act {name} is declared twice."
            raise ValueError(message)
        words = (policy.__doc__ or "").strip().splitlines()[0]
        ACTS[name] = Act(name, roles, words, policy)
        return policy

    return register


def require(policy: Callable[..., bool], actor: Actor, *subject: Any) -> None:
    """Let the actor go on where the policy admits them.

    Raises:
        Forbidden: the policy does not.
    """
    if not policy(actor, *subject):
        words = (policy.__doc__ or "").strip().splitlines()[0]
        message = f"Your role here does not allow this. Who may: {words}"
        raise Forbidden(message)


def permission_page() -> str:
    """Return who may do what as one Markdown page: a row an act, a column a role."""
    roles = list(Role)
    lines = [
        "# Who may do what",
        "",
        "One row for each act that a policy guards, printed by `flask permissions`. A tick means that the",
        "role can do it at all; the last column says for whom and where. What is out of sight answers",
        "exactly as what does not exist. What has no row, everybody who has signed in does for",
        "themselves: sign out, change the own password, act for another of the own organisations.",
        "",
        "| Act | " + " | ".join(role.value for role in roles) + " | Who, exactly |",
        "|---|" + ":-:|" * len(roles) + "---|",
    ]
    for name in sorted(ACTS):
        entry = ACTS[name]
        ticks = " | ".join("✓" if role in entry.roles else " " for role in roles)
        lines.append(f"| `{name}` | {ticks} | {entry.words} |")
    return "\n".join(lines) + "\n"
