"""Each role's work today over HTTP."""

from typing import Any

from flask_smorest import Blueprint

from app.core.web import current_actor, now, require_no_query
from app.home.actions import open_home
from app.home.schemas import HomeSchema

blueprint = Blueprint("home", __name__, url_prefix="/api/home", description="Each role's work today")
BLUEPRINTS = (blueprint,)


@blueprint.get("")
@blueprint.response(200, HomeSchema)
def show_home() -> dict[str, Any]:
    """Show what there is to do today, for every role that the actor holds."""
    require_no_query()
    return {"sections": open_home(current_actor(), at=now())}
