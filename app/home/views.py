"""Each role's work today over HTTP."""

from typing import Any

from flask_smorest import Blueprint

from app.core.web import current_actor, now, require_no_query
from app.home.actions import open_home
from app.home.rules import Section
from app.home.schemas import HomeSchema

blueprint = Blueprint("home", __name__, url_prefix="/api/home", description="Each role's work today")
BLUEPRINTS = (blueprint,)


@blueprint.get("")
@blueprint.response(200, HomeSchema)
def show_home() -> dict[str, Any]:
    """Show what there is to do today, for every role that the actor holds."""
    require_no_query()
    return {"sections": [as_sent(section) for section in open_home(current_actor(), at=now())]}


def as_sent(section: Section) -> dict[str, Any]:
    """Return a section as it is sent: a worker's page holds no word of money, not even that there is none."""
    said = {"code": section.code, "count": section.count, "rows": section.rows}
    return said if section.total_pence is None else {**said, "total_pence": section.total_pence}
