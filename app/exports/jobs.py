"""What workers make: the documents of lines, packs, whole organisations; and the purge of what expired."""

from datetime import timedelta
from functools import partial
from typing import BinaryIO
from uuid import UUID

from flask import current_app

from app.claims.models import Claim
from app.core.database import db
from app.core.storage import Storage
from app.exports.actions.asking import BUILD_ORGANISATION, BUILD_PACK, purge_exports
from app.exports.actions.building import Workplace, Writes, asker_of, build_export
from app.exports.actions.files import Workshop
from app.exports.actions.lines import Press, render_lines
from app.exports.actions.organisations import organisation_file_name, write_organisation
from app.exports.actions.packs import PackOrder, write_pack
from app.exports.documents.renderer import DEFAULT_LIMITS, shared_renderer
from app.exports.errors import AskerGone
from app.exports.models import Export
from app.exports.rules.pack import pack_file_name
from app.jobs.actions import handler
from app.jobs.rules import Work
from app.organisations.models import Organisation
from app.participants.rules.nino import NinoKeys
from config import Config

PURGE_EVERY = timedelta(hours=1)
LEFT_BEHIND_AFTER = timedelta(days=1)


def settings() -> Config:
    """Return the installation's settings."""
    config: Config = current_app.config["WAYMARK"]
    return config


def storage() -> Storage:
    """Return where files are kept."""
    kept: Storage = current_app.extensions["storage"]
    return kept


def press() -> Press:
    """Return the worker's renderer and where its papers go."""
    return Press(shared_renderer(DEFAULT_LIMITS, specimen=settings().is_demo), storage())


def workshop() -> Workshop:
    """Return where files are made."""
    return Workshop(settings().data_folder / "exports")


@handler("render-lines")
def draw_lines(work: Work) -> None:
    """Draw the lines of a claim that was locked."""
    render_lines(press(), UUID(work.payload["claim_id"]), at=work.at, progress=work.progress)


@handler(BUILD_PACK)
def build_pack(work: Work) -> None:
    """Make the evidence pack that somebody asked for."""
    _build(work, partial(_write_pack, work))


@handler(BUILD_ORGANISATION)
def build_organisation(work: Work) -> None:
    """Make the archive of an organisation that its administrator asked for."""
    _build(work, partial(_write_organisation, work))


@handler("purge-exports", every=PURGE_EVERY)
def purge(work: Work) -> None:
    """Delete what expired, and what killed workers left behind."""
    purge_exports(storage(), at=work.at)
    workshop().sweep((work.at - LEFT_BEHIND_AFTER).timestamp())


def _build(work: Work, write: Writes) -> None:
    place = Workplace(workshop(), storage(), timedelta(hours=settings().export_hours))
    build_export(place, UUID(work.payload["export_id"]), write, at=work.at)


def _write_pack(work: Work, stream: BinaryIO, export: Export) -> str:
    asker = asker_of(export)
    if asker is None:
        raise AskerGone
    claim = db.session().get_one(Claim, export.claim_id, populate_existing=True)
    keys = NinoKeys(settings().nino_keys)
    order = PackOrder(press=press(), actor=asker, with_identity=True, keys=keys, at=work.at)
    write_pack(stream, claim, order, progress=work.progress)
    return pack_file_name(claim.label)


def _write_organisation(work: Work, stream: BinaryIO, export: Export) -> str:
    asker = asker_of(export)
    if asker is None:
        raise AskerGone
    organisation = db.session().get_one(Organisation, export.organisation_id)
    write_organisation(stream, asker, organisation, storage(), at=work.at, progress=work.progress)
    return organisation_file_name(organisation, work.at)
