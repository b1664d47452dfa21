"""Opening one's home page: money is settled first, and the people it names are noted once."""

from collections.abc import Callable
from datetime import datetime

from app.audit.actions import trace_read
from app.core.database import reading
from app.core.permissions import Actor, Role
from app.entitlements.actions import settle_contract
from app.home.queries import money, people
from app.home.rules import Section
from app.milestones.queries import said_title
from app.records.rules import london_day


def open_home(actor: Actor, *, at: datetime) -> list[Section]:
    """Return the sections of every role that the actor holds, in the order of their day."""
    today = london_day(at)
    delivered = money.delivered_contracts(actor) if Role.MANAGER in actor.roles else []
    led = money.led_contracts(actor) if Role.CLAIMS_PREPARER in actor.roles else []
    for contract_id in sorted({contract.id for contract in [*delivered, *led]}):
        settle_contract(contract_id, at=at)
    made: dict[Role, Callable[[], list[Section]]] = {
        Role.WORKER: lambda: people.worker_sections(actor, today),
        Role.MANAGER: lambda: [
            *people.manager_sections(actor, today),
            *money.provider_sections(actor, delivered, today),
        ],
        Role.ADVISER: lambda: people.adviser_sections(actor, today),
        Role.CLAIMS_PREPARER: lambda: money.preparer_sections(actor, led, today),
        Role.CLAIMS_APPROVER: lambda: money.approver_sections(actor),
        Role.SUPPLY_CHAIN: lambda: money.supply_chain_sections(actor),
        Role.ASSESSOR: lambda: money.assessor_sections(actor),
        Role.ADMINISTRATOR: lambda: money.administrator_sections(actor),
    }
    with reading() as session:
        sections = [section for role, make in made.items() if role in actor.roles for section in make()]
        for row in (row for section in sections for row in section.rows if row.get("title")):
            row["title"] = said_title(actor.language, row["title"])
        named = {row["enrolment_id"] for section in sections for row in section.rows if "enrolment_id" in row}
        if named:
            trace_read(session, actor, "home.listed", at=at, count=len(named))
    return sections
