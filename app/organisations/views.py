"""The list that partners are chosen from."""

from typing import Any

from flask_smorest import Blueprint

from app.core.web import current_actor, require_no_query
from app.organisations import queries
from app.organisations.schemas import OrganisationListSchema

blueprint = Blueprint("organisations", __name__, url_prefix="/api", description="Organisations by name")


@blueprint.get("/organisations")
@blueprint.response(200, OrganisationListSchema)
def list_organisations() -> Any:
    """List every organisation by name, for whoever chooses partners."""
    require_no_query()
    items = queries.list_organisations(current_actor())
    return {"items": items, "next": None, "count": len(items)}


BLUEPRINTS = (blueprint,)
