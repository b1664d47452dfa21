"""Enrolments, their steps and people on the wire; starts and ends are records."""

from typing import Any

from marshmallow import Schema, fields, validate

from app.core.schemas import Day
from app.enrolments.models import (
    DeclineReason,
    EndReason,
    EnrolmentState,
    ExtensionReason,
    NonStartReason,
    NoticeManner,
    PauseReason,
    TransferReason,
)
from app.records.schemas import Id, RecordSchema, words


class StartSchema(RecordSchema):
    """Somebody started; the notice they were given is taken from the enrolment."""

    note = words()

    def detail_of(self, values: dict[str, Any]) -> dict[str, Any]:
        """Return nothing: the action adds the notice."""
        return {}


class EndSchema(RecordSchema):
    """Somebody left, with the reason in a word."""

    REASON_FIELD = "correction_reason"

    reason: fields.Field[Any] = fields.Enum(EndReason, by_value=True, required=True)
    correction_reason = words()
    note = words()

    def detail_of(self, values: dict[str, Any]) -> dict[str, Any]:
        """Return the columns of `ending`."""
        return {"reason": values["reason"]}


class EnrolmentStepSchema(Schema):
    """One step of an enrolment's life."""

    at = fields.AwareDateTime(required=True)
    happened_on = fields.Date(required=True)
    name = fields.String(required=True)
    user_id = fields.UUID(allow_none=True, required=True)
    reason = fields.String(allow_none=True, required=True)
    other_id = fields.UUID(allow_none=True, required=True)


class EnrolmentSchema(Schema):
    """Where a person stands with a provider."""

    id = fields.UUID(required=True)
    contract_id = fields.UUID(required=True)
    provider_id = fields.UUID(required=True)
    participant_id = fields.UUID(required=True)
    state = fields.Enum(EnrolmentState, by_value=True, required=True)
    referred_on = fields.Date(required=True)
    accepted_on = fields.Date(allow_none=True, required=True)
    started_on = fields.Date(allow_none=True, required=True)
    ended_on = fields.Date(allow_none=True, required=True)
    closed_reason = fields.String(allow_none=True, required=True)
    worker_id = fields.UUID(allow_none=True, required=True)
    notice_id = fields.UUID(allow_none=True, required=True)
    notice_given_on = fields.Date(allow_none=True, required=True)
    notice_manner = fields.Enum(NoticeManner, by_value=True, allow_none=True, required=True)
    baseline_due_on = fields.Date(
        allow_none=True, required=True, metadata={"description": "When the time for a first baseline is over"}
    )
    second_baseline_due_on = fields.Date(
        allow_none=True, required=True, metadata={"description": "Still to be taken until baseline_locks_on"}
    )
    baseline_locks_on = fields.Date(allow_none=True, required=True)
    review_due_on = fields.Date(allow_none=True, required=True)
    revision = fields.Integer(required=True)


class StaffMemberSchema(Schema):
    """Somebody on the staff, to be chosen."""

    id = fields.UUID(required=True)
    name = fields.String(required=True)


class EnrolmentWithStepsSchema(EnrolmentSchema):
    """Where a person stands, the steps that led there, and who can be their key worker."""

    steps = fields.List(fields.Nested(EnrolmentStepSchema), required=True)
    workers = fields.List(fields.Nested(StaffMemberSchema), required=True)


class ReferredPersonSchema(Schema):
    """A person as lists show them."""

    reference = fields.String(required=True)
    short_name = fields.String(attribute="details.short_name", required=True)
    language = fields.String(attribute="details.language", required=True)
    access_needs = fields.String(attribute="details.access_needs", allow_none=True, required=True)


class ReferralContractSchema(Schema):
    """A contract as lists name it."""

    id = fields.UUID(required=True)
    code = fields.String(required=True)
    title = fields.String(required=True)


class ReferralSchema(Schema):
    """Somebody who waits to be accepted."""

    id = fields.UUID(required=True, metadata={"description": "Of the enrolment"})
    state = fields.Enum(EnrolmentState, by_value=True, required=True)
    referred_on = fields.Date(required=True)
    participant = fields.Nested(ReferredPersonSchema, required=True)
    contract = fields.Nested(ReferralContractSchema, required=True)


class ReferralListSchema(Schema):
    """Those who wait, the longest waiting first, and who can be their key worker."""

    items = fields.List(fields.Nested(ReferralSchema), required=True)
    workers = fields.List(fields.Nested(StaffMemberSchema), required=True)
    next = fields.String(allow_none=True, required=True)
    count = fields.Integer(required=True, metadata={"description": "On this page"})


class PlacementSchema(Schema):
    """Where somebody on a contract stands, without their name."""

    id = fields.UUID(required=True, metadata={"description": "Of the enrolment"})
    reference = fields.String(attribute="participant.reference", required=True)
    referral_reference = fields.String(attribute="participant.referral_reference", required=True)
    provider_id = fields.UUID(required=True)
    state = fields.Enum(EnrolmentState, by_value=True, required=True)
    referred_on = fields.Date(required=True)
    closed_reason = fields.String(allow_none=True, required=True)
    adviser_id = fields.UUID(allow_none=True, required=True)


class PlacementListSchema(Schema):
    """People on a contract by the day of their referral."""

    items = fields.List(fields.Nested(PlacementSchema), required=True)
    next = fields.String(allow_none=True, required=True)
    count = fields.Integer(required=True, metadata={"description": "On this page"})
    advisers = fields.List(fields.Nested(StaffMemberSchema), required=True)


class ReferralPageSchema(Schema):
    """Which page."""

    after = fields.String(load_default=None, validate=validate.Length(max=400))


class PlacementQuerySchema(ReferralPageSchema):
    """Which people on a contract."""

    state: fields.Field[Any] = fields.Enum(EnrolmentState, by_value=True, load_default=None)


class ReferralAcceptanceSchema(Schema):
    """A person is accepted; their key worker may be named at once."""

    worker_id = Id(load_default=None, allow_none=True)


class ReferralDeclinationSchema(Schema):
    """A person is declined."""

    reason: fields.Field[Any] = fields.Enum(DeclineReason, by_value=True, required=True)


class NonStartSchema(Schema):
    """An accepted person never started."""

    reason: fields.Field[Any] = fields.Enum(NonStartReason, by_value=True, required=True)


class NoticeGivenSchema(Schema):
    """A notice was gone through with a person."""

    notice_id = Id(required=True)
    given_on = Day(required=True)
    manner: fields.Field[Any] = fields.Enum(NoticeManner, by_value=True, required=True)


class KeyWorkerSchema(Schema):
    """The key worker."""

    worker_id = Id(required=True)


class PauseSchema(Schema):
    """Somebody cannot take part for a while."""

    reason: fields.Field[Any] = fields.Enum(PauseReason, by_value=True, required=True)
    paused_on = Day(required=True, metadata={"description": "Their first day away"})


class ResumptionSchema(Schema):
    """Somebody takes part again."""

    resumed_on = Day(required=True)


class BaselineExtensionSchema(Schema):
    """A second baseline could not be taken in time."""

    reason: fields.Field[Any] = fields.Enum(ExtensionReason, by_value=True, required=True)


class EnrolmentTransferSchema(Schema):
    """Another provider goes on."""

    provider_id = Id(required=True)
    reason: fields.Field[Any] = fields.Enum(TransferReason, by_value=True, required=True)


class ReReferralSchema(Schema):
    """A person is referred once more."""

    provider_id = Id(required=True)


class TransferDestinationSchema(Schema):
    """A provider that a person may be handed to."""

    id = fields.UUID(required=True)
    name = fields.String(required=True)
    short_name = fields.String(required=True)


class TransferDestinationListSchema(Schema):
    """The other providers of the contract."""

    items = fields.List(fields.Nested(TransferDestinationSchema), required=True)
    count = fields.Integer(required=True)


TEXT = validate.Length(max=500)


class PersonChangeSchema(Schema):
    """Details to change; those left out stay, null empties one."""

    given_name = fields.String(validate=TEXT)
    family_name = fields.String(validate=TEXT)
    born_on = Day(allow_none=True)
    phone = fields.String(allow_none=True, validate=TEXT)
    postcode = fields.String(allow_none=True, validate=TEXT)
    language = fields.String(validate=TEXT)
    access_needs = fields.String(allow_none=True, validate=TEXT)
    nino = fields.String(
        allow_none=True, validate=TEXT, metadata={"description": "Kept enciphered; never given out here"}
    )


class SamePersonLinkSchema(Schema):
    """Another participant of the contract is the same human."""

    id = fields.UUID(required=True)
    reference = fields.String(required=True)


class PersonDetailsSchema(Schema):
    """Who somebody is."""

    enrolment_id = fields.UUID(attribute="enrolment.id", required=True)
    reference = fields.String(attribute="enrolment.participant.reference", required=True)
    given_name = fields.String(attribute="details.given_name", required=True)
    family_name = fields.String(attribute="details.family_name", required=True)
    born_on = fields.Date(attribute="details.born_on", allow_none=True, required=True)
    phone = fields.String(attribute="details.phone", allow_none=True, required=True)
    postcode = fields.String(attribute="details.postcode", allow_none=True, required=True)
    language = fields.String(attribute="details.language", required=True)
    access_needs = fields.String(attribute="details.access_needs", allow_none=True, required=True)
    has_nino = fields.Boolean(required=True)
    adviser_id = fields.UUID(allow_none=True, required=True)
    same_person = fields.List(fields.Nested(SamePersonLinkSchema), required=True)
    updated_at = fields.AwareDateTime(attribute="details.updated_at", required=True)


class RestrictionViewerSchema(Schema):
    """One of those who see a restricted person."""

    id = fields.UUID(required=True)
    short_name = fields.String(required=True)


class PersonRestrictionSchema(Schema):
    """Who alone may see a person; nobody lifts the restriction."""

    viewer_ids = fields.List(Id(), required=True, load_only=True, validate=validate.Length(max=20))
    is_restricted = fields.Boolean(dump_only=True)
    viewers = fields.List(fields.Nested(RestrictionViewerSchema), dump_only=True)


class PossibleViewerSchema(RestrictionViewerSchema):
    """Somebody who can be named to see a restricted person."""

    name = fields.String(required=True)
    can_verify = fields.Boolean(required=True)


class PersonRestrictionStandingSchema(Schema):
    """Who alone sees a person today, and who can be named."""

    is_restricted = fields.Boolean(required=True)
    viewers = fields.List(fields.Nested(RestrictionViewerSchema), required=True)
    possible = fields.List(fields.Nested(PossibleViewerSchema), required=True)


class AdviserAssignmentSchema(Schema):
    """The prime's adviser of a person; null for nobody."""

    user_id = Id(required=True, allow_none=True)


class SamePersonSchema(Schema):
    """Whom else a person is, by our reference."""

    reference = fields.String(required=True, validate=validate.Length(min=1, max=40))


class SamePersonListSchema(Schema):
    """With whom somebody is one."""

    reference = fields.String(required=True, metadata={"description": "Of the person themselves"})
    items = fields.List(fields.Nested(SamePersonLinkSchema), required=True)
    count = fields.Integer(required=True)


class ReferralFaultSchema(Schema):
    """What is wrong with a field, or worth a look."""

    field = fields.String(required=True)
    code = fields.String(required=True)
    detail = fields.String(required=True)
    value = fields.String(metadata={"description": "The line, reference or name that the detail names"})


class ReferralRowSchema(Schema):
    """What becomes of one row of a list."""

    line = fields.Integer(required=True)
    result = fields.String(required=True, validate=validate.OneOf(["new", "known", "faulty"]))
    name = fields.String(required=True)
    reference = fields.String(required=True)
    provider = fields.String(required=True)
    warnings = fields.List(fields.Nested(ReferralFaultSchema), required=True)
    faults = fields.List(fields.Nested(ReferralFaultSchema), required=True)


class ReferralImportBriefSchema(Schema):
    """One upload of a referral list."""

    id = fields.UUID(required=True)
    contract_id = fields.UUID(required=True)
    uploaded_at = fields.AwareDateTime(required=True)
    uploaded_by_id = fields.UUID(required=True)
    new_count = fields.Integer(required=True)
    known_count = fields.Integer(required=True)
    faulty_count = fields.Integer(required=True)
    imported_at = fields.AwareDateTime(allow_none=True, required=True)
    imported_count = fields.Integer(allow_none=True, required=True)


class ReferralImportSchema(ReferralImportBriefSchema):
    """One upload with its rows, as long as they are kept."""

    rows = fields.List(fields.Nested(ReferralRowSchema), required=True)


class ReferralImportListSchema(Schema):
    """The uploads for a contract, newest first."""

    items = fields.List(fields.Nested(ReferralImportBriefSchema), required=True)
    count = fields.Integer(required=True)


class ReferralConfirmationSchema(Schema):
    """The new people of a preview are taken in."""

    drop_faulty = fields.Boolean(load_default=False, truthy={True}, falsy={False})
