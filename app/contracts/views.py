"""Contracts, their places, payment groups and notices."""

from typing import Any
from uuid import UUID

from flask_smorest import Blueprint

from app.contracts import actions, queries
from app.contracts.models import Contract, Notice, PaymentGroup, Subcontract
from app.contracts.rules import NoticeDraft, Part, Place, Terms
from app.contracts.schemas import (
    ContractListSchema,
    ContractRequestSchema,
    ContractSchema,
    NoticeListSchema,
    NoticeRequestSchema,
    NoticeSchema,
    NoticeTemplateListSchema,
    PaymentGroupChangeSchema,
    PaymentGroupRequestSchema,
    PaymentGroupSchema,
    PlaceChangeSchema,
    SubcontractRequestSchema,
    SubcontractSchema,
    WholeContractSchema,
)
from app.core.web import current_actor, now, require_no_query

blueprint = Blueprint("contracts", __name__, url_prefix="/api", description="Contracts and notices")


def _contract_body(contract: Contract, parts: list[Part]) -> dict[str, Any]:
    return {
        **{
            name: getattr(contract, name)
            for name in ("id", "code", "title", "nation", "starts_on", "ends_on", "claim_day")
        },
        "prime": contract.prime,
        "commissioner": contract.commissioner,
        "package_area": contract.package_area,
        "is_own_programme": contract.is_own_programme,
        "parts": parts,
    }


def _subcontract_body(subcontract: Subcontract, *, shows_share: bool = True) -> dict[str, Any]:
    return {
        **{name: getattr(subcontract, name) for name in SubcontractSchema().fields},
        "provider_share_basis_points": subcontract.provider_share_basis_points if shows_share else None,
    }


@blueprint.get("/contracts")
@blueprint.response(200, ContractListSchema)
def list_contracts() -> Any:
    """List the contracts on which one's organisation has a part."""
    require_no_query()
    actor = current_actor()
    contracts = queries.list_contracts(actor)
    parts = queries.parts(actor, contracts)
    items = [_contract_body(contract, parts[contract.id]) for contract in contracts]
    return {"items": items, "next": None, "count": len(items)}


@blueprint.post("/contracts")
@blueprint.arguments(ContractRequestSchema)
@blueprint.response(201, ContractSchema)
def add_contract(terms: Terms) -> Any:
    """Add a contract that one's organisation leads, or its own programme."""
    require_no_query()
    actor = current_actor()
    contract = actions.add_contract(actor, terms, at=now())
    return _contract_body(contract, queries.parts(actor, [contract])[contract.id])


@blueprint.get("/contracts/<uuid:contract_id>")
@blueprint.response(200, WholeContractSchema)
def show_contract(contract_id: UUID) -> Any:
    """Show a contract with its places, payment groups and notices, as one's part allows."""
    require_no_query()
    actor = current_actor()
    contract = queries.get_contract(actor, contract_id)
    parts = queries.parts(actor, [contract])[contract.id]
    shows_share = bool({Part.PRIME, Part.PROVIDER} & set(parts))
    return {
        **_contract_body(contract, parts),
        "subcontracts": [
            _subcontract_body(subcontract, shows_share=shows_share)
            for subcontract in queries.list_subcontracts(actor, contract)
        ],
        "payment_groups": queries.list_payment_groups(contract),
        "notices": queries.list_notices(contract),
    }


@blueprint.post("/contracts/<uuid:contract_id>/subcontracts")
@blueprint.arguments(SubcontractRequestSchema)
@blueprint.response(201, SubcontractSchema)
def add_subcontract(body: dict[str, Any], contract_id: UUID) -> Any:
    """Give a provider its place on a contract; a prime that delivers gets one like any other."""
    require_no_query()
    added = actions.add_subcontract(
        current_actor(), contract_id, body["provider_id"], body["place"], at=now()
    )
    return _subcontract_body(added)


@blueprint.put("/contracts/<uuid:contract_id>/subcontracts/<uuid:subcontract_id>")
@blueprint.arguments(PlaceChangeSchema)
@blueprint.response(200, SubcontractSchema)
def change_subcontract(place: Place, contract_id: UUID, subcontract_id: UUID) -> Any:
    """Change what a place promises."""
    require_no_query()
    changed = actions.change_subcontract(current_actor(), contract_id, subcontract_id, place, at=now())
    return _subcontract_body(changed)


@blueprint.post("/contracts/<uuid:contract_id>/payment-groups")
@blueprint.arguments(PaymentGroupRequestSchema)
@blueprint.response(201, PaymentGroupSchema)
def add_payment_group(body: dict[str, Any], contract_id: UUID) -> PaymentGroup:
    """Add a group of people who are priced alike."""
    require_no_query()
    return actions.add_payment_group(current_actor(), contract_id, **body, at=now())


@blueprint.put("/contracts/<uuid:contract_id>/payment-groups/<uuid:payment_group_id>")
@blueprint.arguments(PaymentGroupChangeSchema)
@blueprint.response(200, PaymentGroupSchema)
def rename_payment_group(body: dict[str, Any], contract_id: UUID, payment_group_id: UUID) -> PaymentGroup:
    """Change a payment group's title."""
    require_no_query()
    return actions.rename_payment_group(current_actor(), contract_id, payment_group_id, **body, at=now())


@blueprint.get("/contracts/<uuid:contract_id>/notices")
@blueprint.response(200, NoticeListSchema)
def list_notices(contract_id: UUID) -> Any:
    """List a contract's notices, the newest version first."""
    require_no_query()
    items = queries.list_notices(queries.get_contract(current_actor(), contract_id))
    return {"items": items, "next": None, "count": len(items)}


@blueprint.post("/contracts/<uuid:contract_id>/notices")
@blueprint.arguments(NoticeRequestSchema)
@blueprint.response(201, NoticeSchema)
def publish_notice(draft: NoticeDraft, contract_id: UUID) -> Notice:
    """Publish a notice; it is never changed afterwards, only followed by a newer version."""
    require_no_query()
    return actions.publish_notice(current_actor(), contract_id, draft, at=now())


@blueprint.get("/notice-templates")
@blueprint.response(200, NoticeTemplateListSchema)
def list_notice_templates() -> Any:
    """List the library's notices with the fields to fill in."""
    require_no_query()
    items = [
        {
            "code": template.code,
            "version": template.version,
            "language": template.language,
            "formats": list(template.formats),
            "fields_": [{"name": name, "words": words} for name, words in template.fields.items()],
        }
        for template in queries.notice_templates()
    ]
    return {"items": items, "next": None, "count": len(items)}


BLUEPRINTS = (blueprint,)
