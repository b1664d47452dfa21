"""Papers and packs over HTTP."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from flask import Response, current_app
from flask_smorest import Blueprint

from app.core.storage import Storage
from app.core.web import current_actor, now, require_no_query
from app.exports.actions.asking import ask_for_organisation, ask_for_pack, fetch_export
from app.exports.actions.journeys import print_journey
from app.exports.actions.papers import print_schedule
from app.exports.actions.statements import print_statement, statement_table
from app.exports.documents.renderer import (
    DEFAULT_LIMITS,
    INTERACTIVE_LIMITS,
    Renderer,
    RenderLimits,
    shared_renderer,
)
from app.exports.queries.asked import Asked, get_own_export
from app.exports.schemas import AskedSchema, ExportSchema, PrintSchema
from config import Config

PDF, ZIP = "application/pdf", "application/zip"
PDF_ANSWER = {"content_type": PDF, "schema": {"type": "string", "format": "binary"}}
ZIP_ANSWER = {"content_type": ZIP, "schema": {"type": "string", "format": "binary"}}

papers = Blueprint("papers", __name__, url_prefix="/api", description="Documents to print and send")
exports = Blueprint("exports", __name__, url_prefix="/api", description="Files made for whoever asks")
BLUEPRINTS = (papers, exports)


def a_file(content: Any, file_name: str, media_type: str) -> Response:
    """Answer a file to be kept; nothing on the way keeps it."""
    response = Response(content, mimetype=media_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{file_name}"'
    response.headers["Cache-Control"] = "no-store"
    return response


@papers.get("/journeys/<uuid:enrolment_id>.pdf")
@papers.arguments(PrintSchema, location="query")
@papers.response(200, **PDF_ANSWER)
@papers.alt_response(503, description="It could not be drawn just now.")
def show_journey_paper(asked: dict[str, Any], enrolment_id: UUID) -> Response:
    """Hand out a journey as PDF, standard or in large print."""
    name, pdf = print_journey(
        current_actor(),
        enrolment_id,
        renderer(INTERACTIVE_LIMITS),
        large_print=asked["print"] == "large",
        language=asked["language"],
        at=now(),
    )
    return a_file(pdf, name, PDF)


def renderer(limits: RenderLimits) -> Renderer:
    """Return this process's renderer; the demo's papers say that all in them is invented."""
    config: Config = current_app.config["WAYMARK"]
    return shared_renderer(limits, specimen=config.is_demo)


@papers.get("/claims/<uuid:claim_id>/schedule.pdf")
@papers.response(200, **PDF_ANSWER)
@papers.alt_response(409, description="It is too long to wait for: ask for a pack.")
@papers.alt_response(503, description="It could not be drawn just now.")
def show_schedule_paper(claim_id: UUID) -> Response:
    """Hand out a claim's schedule as PDF, with the CSV attached."""
    require_no_query()
    name, pdf = print_schedule(current_actor(), claim_id, renderer(DEFAULT_LIMITS), at=now())
    return a_file(pdf, name, PDF)


@papers.get("/statements/<uuid:statement_id>.pdf")
@papers.response(200, **PDF_ANSWER)
@papers.alt_response(503, description="It could not be drawn just now.")
def show_statement_paper(statement_id: UUID) -> Response:
    """Hand out a month's account as PDF, with its table attached."""
    require_no_query()
    name, pdf = print_statement(current_actor(), statement_id, renderer(DEFAULT_LIMITS), at=now())
    return a_file(pdf, name, PDF)


@papers.get("/statements/<uuid:statement_id>.csv")
@papers.response(200, {"type": "string", "format": "binary"}, content_type="text/csv")
def show_statement_table(statement_id: UUID) -> Response:
    """Hand out a month's account as CSV."""
    require_no_query()
    name, table = statement_table(current_actor(), statement_id, at=now())
    return a_file(table, name, "text/csv")


@exports.post("/claims/<uuid:claim_id>/packs")
@exports.response(202, AskedSchema)
@exports.alt_response(409, description="Nothing is frozen yet.")
def make_pack(claim_id: UUID) -> dict[str, UUID]:
    """Ask for a locked claim's evidence pack; a worker makes it."""
    require_no_query()
    return {"export_id": ask_for_pack(current_actor(), claim_id, keep=_keep(), at=now())}


@exports.post("/organisation/exports")
@exports.response(202, AskedSchema)
def make_organisation_export() -> dict[str, UUID]:
    """Ask for everything that one's organisation owns, as files; a worker makes it."""
    require_no_query()
    return {"export_id": ask_for_organisation(current_actor(), keep=_keep(), at=now())}


@exports.get("/exports/<uuid:export_id>")
@exports.response(200, ExportSchema)
def show_export(export_id: UUID) -> dict[str, Any]:
    """Say how far an export is; to whoever asked for it, and nobody else."""
    require_no_query()
    return _view(get_own_export(current_actor(), export_id, at=now()))


@exports.get("/exports/<uuid:export_id>/file")
@exports.response(200, **ZIP_ANSWER)
@exports.alt_response(409, description="It is not finished.")
def show_export_file(export_id: UUID) -> Response:
    """Hand out an export's file, piece by piece; to whoever asked for it, until it expires."""
    require_no_query()
    storage: Storage = current_app.extensions["storage"]
    fetched = fetch_export(current_actor(), export_id, storage, at=now())
    response = a_file(fetched.pieces, fetched.file_name, ZIP)
    response.content_length = fetched.size_bytes
    return response


def _keep() -> timedelta:
    config: Config = current_app.config["WAYMARK"]
    return timedelta(hours=config.export_hours)


def _view(asked: Asked) -> dict[str, Any]:
    export, job = asked.export, asked.job
    is_done = export.finished_at is not None
    return {
        "id": export.id,
        "kind": export.kind,
        "state": asked.state,
        "asked_at": export.asked_at,
        "done_count": job.done_count,
        "total_count": job.total_count,
        "file_name": export.file_name,
        "file_url": f"/api/exports/{export.id}/file" if is_done else None,
        "size_bytes": export.size_bytes,
        "sha256": export.sha256,
        "expires_at": export.expires_at,
    }
