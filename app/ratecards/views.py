"""Rate cards over HTTP."""

from typing import Any
from uuid import UUID

from flask_smorest import Blueprint

from app.core.web import current_actor, now, require_no_query
from app.ratecards import actions, queries
from app.ratecards.models import CardApplication, RateCard
from app.ratecards.schemas import (
    CardApplicationSchema,
    RateCardListSchema,
    RateCardSchema,
    RateCardTextSchema,
)

blueprint = Blueprint("ratecards", __name__, url_prefix="/api", description="Rate cards and what they pay")


@blueprint.get("/rate-cards")
@blueprint.response(200, RateCardListSchema)
def list_rate_cards() -> dict[str, Any]:
    """List the rate cards you may see, every version of each."""
    require_no_query()
    return _listed(queries.list_cards(current_actor()))


@blueprint.get("/rate-cards/<uuid:rate_card_id>")
@blueprint.response(200, RateCardSchema)
def show_rate_card(rate_card_id: UUID) -> RateCard:
    """Show a rate card with its rates."""
    require_no_query()
    return queries.get_card(current_actor(), rate_card_id)


@blueprint.post("/rate-cards")
@blueprint.arguments(RateCardTextSchema)
@blueprint.response(201, RateCardListSchema)
def load_rate_cards(values: dict[str, Any]) -> dict[str, Any]:
    """Load rate cards for your organisation; each fault names its line, and nothing is kept then.

    A card that says the same as a version that stands is that version.
    """
    require_no_query()
    return _listed(actions.load_rate_cards(current_actor(), values["yaml"], at=now()))


@blueprint.post("/contracts/<uuid:contract_id>/card-applications")
@blueprint.arguments(CardApplicationSchema)
@blueprint.response(201, CardApplicationSchema)
def apply_rate_card(values: dict[str, Any], contract_id: UUID) -> CardApplication:
    """Price a contract's people, or one payment group of them, by a card from a day on."""
    require_no_query()
    return actions.apply_rate_card(current_actor(), contract_id, **values, at=now())


def _listed(cards: list[RateCard]) -> dict[str, Any]:
    return {"items": cards, "count": len(cards)}


BLUEPRINTS = (blueprint,)
