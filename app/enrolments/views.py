"""Referrals, the steps of an enrolment's life, and who somebody is, over HTTP."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from flask import current_app, request
from flask_smorest import Blueprint
from werkzeug.exceptions import UnsupportedMediaType

from app.core.permissions import Role
from app.core.web import current_actor, now, require_no_query
from app.enrolments import baselines, pauses, people, referrals, restrictions, schemas, steps
from app.enrolments.actions import record_ends
from app.enrolments.models import Enrolment, ReferralImport
from app.enrolments.queries import placements
from app.participants.rules.nino import NinoKeys
from app.records.rules import Draft
from app.records.schemas import RecordedSchema, answer_to

blueprint = Blueprint(
    "enrolments", __name__, url_prefix="/api", description="Referrals, enrolments and people"
)

CSV_BODY = {
    "requestBody": {
        "required": True,
        "description": "The list: one row a person, the heading first.",
        "content": {"text/csv": {"schema": {"type": "string"}}},
    }
}


def nino_keys() -> NinoKeys:
    """Return what National Insurance numbers are sealed with here."""
    return NinoKeys(current_app.config["WAYMARK"].nino_keys)


@blueprint.post("/contracts/<uuid:contract_id>/referral-imports")
@blueprint.doc(**CSV_BODY)
@blueprint.response(201, schemas.ReferralImportSchema)
def preview_referrals(contract_id: UUID) -> dict[str, Any]:
    """Upload a referral list and see what would become of each row; nobody is taken in yet."""
    require_no_query()
    if request.mimetype != "text/csv":
        raise UnsupportedMediaType("Send the list as text/csv.")
    preview = referrals.preview_referrals(
        current_actor(), contract_id, request.get_data(), keys=nino_keys(), at=now()
    )
    return _upload(preview)


@blueprint.get("/contracts/<uuid:contract_id>/referral-imports")
@blueprint.response(200, schemas.ReferralImportListSchema)
def list_referral_imports(contract_id: UUID) -> dict[str, Any]:
    """List the uploads for a contract, newest first."""
    require_no_query()
    uploads = placements.list_referral_imports(current_actor(), contract_id)
    return {"items": uploads, "count": len(uploads)}


@blueprint.get("/referral-imports/<uuid:import_id>")
@blueprint.response(200, schemas.ReferralImportSchema)
def show_referral_import(import_id: UUID) -> dict[str, Any]:
    """Show an upload; its rows are kept until they are taken in, a day at most."""
    require_no_query()
    return _upload(placements.get_referral_import(current_actor(), import_id))


@blueprint.post("/referral-imports/<uuid:import_id>/confirmation")
@blueprint.arguments(schemas.ReferralConfirmationSchema)
@blueprint.response(200, schemas.ReferralImportBriefSchema)
def confirm_referrals(values: dict[str, Any], import_id: UUID) -> ReferralImport:
    """Take in all new people of a preview together."""
    require_no_query()
    return referrals.confirm_referrals(current_actor(), import_id, **values, at=now())


@blueprint.get("/referrals")
@blueprint.arguments(schemas.ReferralPageSchema, location="query")
@blueprint.response(200, schemas.ReferralListSchema)
def list_referrals(values: dict[str, Any]) -> dict[str, Any]:
    """List who waits for your organisation to accept them, the longest waiting first."""
    actor = current_actor()
    page = referrals.list_waiting(actor, **values, at=now())
    workers = placements.staff_at(actor.organisation_id, Role.WORKER)
    return {"items": page.items, "next": page.next, "count": len(page.items), "workers": workers}


@blueprint.get("/contracts/<uuid:contract_id>/placements")
@blueprint.arguments(schemas.PlacementQuerySchema, location="query")
@blueprint.response(200, schemas.PlacementListSchema)
def list_placements(values: dict[str, Any], contract_id: UUID) -> dict[str, Any]:
    """List where people on a contract stand, for those who look after its supply chain."""
    actor = current_actor()
    page = placements.led_enrolments(actor, contract_id, **values)
    advisers = placements.advisers_of([enrolment.participant_id for enrolment in page.items])
    items = [
        {
            "id": enrolment.id,
            "participant": enrolment.participant,
            "provider_id": enrolment.provider_id,
            "state": enrolment.state,
            "referred_on": enrolment.referred_on,
            "closed_reason": enrolment.closed_reason,
            "adviser_id": advisers.get(enrolment.participant_id),
        }
        for enrolment in page.items
    ]
    can_advise = placements.staff_at(actor.organisation_id, Role.ADVISER)
    return {"items": items, "next": page.next, "count": len(items), "advisers": can_advise}


@blueprint.get("/enrolments/<uuid:enrolment_id>")
@blueprint.response(200, schemas.EnrolmentWithStepsSchema)
def show_enrolment(enrolment_id: UUID) -> dict[str, Any]:
    """Show where a person stands, and the steps that led there."""
    require_no_query()
    enrolment, story = steps.read_enrolment(current_actor(), enrolment_id, at=now())
    shown: dict[str, Any] = schemas.EnrolmentSchema().dump(enrolment)
    workers = placements.staff_at(enrolment.provider_id, Role.WORKER)
    return {**{name: getattr(enrolment, name) for name in shown}, "steps": story, "workers": workers}


@blueprint.post("/enrolments/<uuid:enrolment_id>/acceptance")
@blueprint.arguments(schemas.ReferralAcceptanceSchema)
@blueprint.response(200, schemas.EnrolmentSchema)
def accept_referral(values: dict[str, Any], enrolment_id: UUID) -> Enrolment:
    """Accept a person; their key worker may be named at once."""
    require_no_query()
    return steps.accept_referral(current_actor(), enrolment_id, **values, at=now())


@blueprint.post("/enrolments/<uuid:enrolment_id>/declination")
@blueprint.arguments(schemas.ReferralDeclinationSchema)
@blueprint.response(200, schemas.EnrolmentSchema)
def decline_referral(values: dict[str, Any], enrolment_id: UUID) -> Enrolment:
    """Decline a person with a reason."""
    require_no_query()
    return steps.decline_referral(current_actor(), enrolment_id, **values, at=now())


@blueprint.post("/enrolments/<uuid:enrolment_id>/non-start")
@blueprint.arguments(schemas.NonStartSchema)
@blueprint.response(200, schemas.EnrolmentSchema)
def note_non_start(values: dict[str, Any], enrolment_id: UUID) -> Enrolment:
    """Note that an accepted person never started."""
    require_no_query()
    return steps.note_non_start(current_actor(), enrolment_id, **values, at=now())


@blueprint.post("/enrolments/<uuid:enrolment_id>/notice")
@blueprint.arguments(schemas.NoticeGivenSchema)
@blueprint.response(200, schemas.EnrolmentSchema)
def give_notice(values: dict[str, Any], enrolment_id: UUID) -> Enrolment:
    """Note which notice a person was given, when and how; nobody starts before."""
    require_no_query()
    return steps.give_notice(current_actor(), enrolment_id, **values, at=now())


@blueprint.put("/enrolments/<uuid:enrolment_id>/worker")
@blueprint.arguments(schemas.KeyWorkerSchema)
@blueprint.response(200, schemas.EnrolmentSchema)
def assign_worker(values: dict[str, Any], enrolment_id: UUID) -> Enrolment:
    """Name a person's key worker."""
    require_no_query()
    return steps.assign_worker(current_actor(), enrolment_id, **values, at=now())


@blueprint.post("/enrolments/<uuid:enrolment_id>/pause")
@blueprint.arguments(schemas.PauseSchema)
@blueprint.response(200, schemas.EnrolmentSchema)
def pause_enrolment(values: dict[str, Any], enrolment_id: UUID) -> Enrolment:
    """Stop the clock for a person who cannot take part for a while."""
    require_no_query()
    return pauses.pause_enrolment(current_actor(), enrolment_id, **values, at=now())


@blueprint.post("/enrolments/<uuid:enrolment_id>/resumption")
@blueprint.arguments(schemas.ResumptionSchema)
@blueprint.response(200, schemas.EnrolmentSchema)
def resume_enrolment(values: dict[str, Any], enrolment_id: UUID) -> Enrolment:
    """Let the clock run again."""
    require_no_query()
    return pauses.resume_enrolment(current_actor(), enrolment_id, **values, at=now())


@blueprint.post("/enrolments/<uuid:enrolment_id>/baseline-extension")
@blueprint.arguments(schemas.BaselineExtensionSchema)
@blueprint.response(200, schemas.EnrolmentSchema)
def extend_baseline(values: dict[str, Any], enrolment_id: UUID) -> Enrolment:
    """Give a second baseline more time, once and with a reason, before the baseline is locked."""
    require_no_query()
    return baselines.extend_baseline(current_actor(), enrolment_id, **values, at=now())


@blueprint.post("/enrolments/<uuid:enrolment_id>/end")
@blueprint.arguments(schemas.EndSchema)
@blueprint.response(201, RecordedSchema)
@blueprint.alt_response(200, schema=RecordedSchema, description="The same record again", success=True)
def record_end(draft: Draft, enrolment_id: UUID) -> Any:
    """Record that a person left, with the reason."""
    require_no_query()
    drafts = [replace(draft, enrolment_id=enrolment_id)]
    return answer_to(record_ends(current_actor(), drafts, at=now())[0])


@blueprint.get("/enrolments/<uuid:enrolment_id>/destinations")
@blueprint.response(200, schemas.TransferDestinationListSchema)
def list_destinations(enrolment_id: UUID) -> dict[str, Any]:
    """List the other providers of the contract, to whom a person may be handed."""
    require_no_query()
    destinations = steps.list_destinations(current_actor(), enrolment_id, at=now())
    return {"items": destinations, "count": len(destinations)}


@blueprint.post("/enrolments/<uuid:enrolment_id>/transfer")
@blueprint.arguments(schemas.EnrolmentTransferSchema)
@blueprint.response(200, schemas.EnrolmentSchema)
def transfer_enrolment(values: dict[str, Any], enrolment_id: UUID) -> Enrolment:
    """Hand a person to another provider; answers with their enrolment there."""
    require_no_query()
    return steps.transfer_enrolment(current_actor(), enrolment_id, **values, at=now())


@blueprint.post("/enrolments/<uuid:enrolment_id>/re-referral")
@blueprint.arguments(schemas.ReReferralSchema)
@blueprint.response(201, schemas.EnrolmentSchema)
def refer_again(values: dict[str, Any], enrolment_id: UUID) -> Enrolment:
    """Refer a person who was declined, or left, once more; answers with the new enrolment."""
    require_no_query()
    return steps.refer_again(current_actor(), enrolment_id, **values, at=now())


@blueprint.get("/enrolments/<uuid:enrolment_id>/person")
@blueprint.response(200, schemas.PersonDetailsSchema)
def show_person(enrolment_id: UUID) -> dict[str, Any]:
    """Show who somebody is, to the people of their provider; the reading is traced."""
    require_no_query()
    return _person(people.read_person(current_actor(), enrolment_id, at=now()))


@blueprint.put("/enrolments/<uuid:enrolment_id>/person")
@blueprint.arguments(schemas.PersonChangeSchema)
@blueprint.response(200, schemas.PersonDetailsSchema)
def change_person(values: dict[str, Any], enrolment_id: UUID) -> dict[str, Any]:
    """Change a person's details; they change at once everywhere."""
    require_no_query()
    return _person(people.change_person(current_actor(), enrolment_id, values, keys=nino_keys(), at=now()))


@blueprint.get("/enrolments/<uuid:enrolment_id>/restriction")
@blueprint.response(200, schemas.PersonRestrictionStandingSchema)
def show_restriction(enrolment_id: UUID) -> dict[str, Any]:
    """Show who alone sees a person, and who can be named, to whoever may restrict them."""
    require_no_query()
    restriction, possible = restrictions.read_restriction(current_actor(), enrolment_id)
    return {**vars(restriction), "possible": possible}


@blueprint.put("/enrolments/<uuid:enrolment_id>/restriction")
@blueprint.arguments(schemas.PersonRestrictionSchema)
@blueprint.response(200, schemas.PersonRestrictionSchema)
def restrict_person(values: dict[str, Any], enrolment_id: UUID) -> restrictions.Restriction:
    """Let only the people named see somebody; nobody named lifts the restriction."""
    require_no_query()
    return restrictions.restrict_person(current_actor(), enrolment_id, **values, at=now())


@blueprint.put("/enrolments/<uuid:enrolment_id>/adviser")
@blueprint.arguments(schemas.AdviserAssignmentSchema)
@blueprint.response(200, schemas.AdviserAssignmentSchema)
def assign_adviser(values: dict[str, Any], enrolment_id: UUID) -> dict[str, Any]:
    """Assign an adviser of the prime to a person, or nobody."""
    require_no_query()
    people.assign_adviser(current_actor(), enrolment_id, **values, at=now())
    return values


@blueprint.get("/enrolments/<uuid:enrolment_id>/same-person-links")
@blueprint.response(200, schemas.SamePersonListSchema)
def list_same_person(enrolment_id: UUID) -> dict[str, Any]:
    """List the participants of the contract who are the same human."""
    require_no_query()
    reference, links = people.list_links(current_actor(), enrolment_id)
    items = [{"id": link.id, "reference": other} for link, other in links]
    return {"reference": reference, "items": items, "count": len(items)}


@blueprint.post("/enrolments/<uuid:enrolment_id>/same-person-links")
@blueprint.arguments(schemas.SamePersonSchema)
@blueprint.response(201, schemas.SamePersonLinkSchema)
def link_same_person(values: dict[str, Any], enrolment_id: UUID) -> dict[str, Any]:
    """Note that somebody is the same human as another participant of the contract."""
    require_no_query()
    link = people.link_same_person(current_actor(), enrolment_id, **values, at=now())
    return {"id": link.id, **values}


@blueprint.delete("/enrolments/<uuid:enrolment_id>/same-person-links/<uuid:link_id>")
@blueprint.response(204)
def end_link(enrolment_id: UUID, link_id: UUID) -> None:
    """Take a same-person link back; that it stood stays readable."""
    require_no_query()
    people.end_link(current_actor(), enrolment_id, link_id, at=now())


def _upload(upload: ReferralImport) -> dict[str, Any]:
    shown: dict[str, Any] = {
        name: getattr(upload, name) for name in schemas.ReferralImportBriefSchema().declared_fields
    }
    return {**shown, "rows": upload.rows or []}


def _person(person: people.Person) -> dict[str, Any]:
    return {
        "enrolment": person.enrolment,
        "details": person.details,
        "has_nino": person.has_nino,
        "adviser_id": person.adviser_id,
        "same_person": [{"id": link.id, "reference": reference} for link, reference in person.links],
    }


BLUEPRINTS = (blueprint,)
