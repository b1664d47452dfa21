"""Evidence and verification on the wire."""

from typing import Any

from marshmallow import Schema, ValidationError, fields, validate

from app.core.schemas import Day
from app.evidence.models import Decision, EvidenceKind, ObtainedHow, ReturnReason
from app.records.schemas import Id, RecordedSchema, RecordSchema, words

SHA256 = r"^[0-9a-f]{64}$"
EVIDENCE_COLUMNS = (
    "subject_id",
    "kind",
    "dated_on",
    "obtained_on",
    "obtained_how",
    "covers_from",
    "covers_until",
    "sent_sha256",
)


class EvidenceSchema(RecordSchema):
    """What supports a record; its file may have arrived, or be still to come."""

    subject_id = Id(
        load_default=None, metadata={"description": "The record it supports; the address says it as well"}
    )
    kind = fields.Enum(EvidenceKind, by_value=True, required=True)
    dated_on = Day(load_default=None, metadata={"description": "The document's own date"})
    obtained_on = Day(required=True)
    obtained_how = fields.Enum(ObtainedHow, by_value=True, required=True)
    covers_from = Day(load_default=None)
    covers_until = Day(load_default=None)
    sent_sha256 = fields.String(
        load_default=None,
        validate=validate.Regexp(SHA256),
        metadata={"description": "Of the file as it is sent to /api/sync/files"},
    )
    note = words()

    def detail_of(self, values: dict[str, Any]) -> dict[str, Any]:
        """Return the columns of `evidence_item`; the action finds the subject's root."""
        since, until = values["covers_from"], values["covers_until"]
        if since is not None and until is not None and until < since:
            raise ValidationError("The period cannot end before it begins.", "covers_until")
        return {name: values[name] for name in EVIDENCE_COLUMNS}


class VerificationSchema(RecordSchema):
    """A second person's judgement of one version of a record."""

    REASON_FIELD = "correction_reason"

    class Meta:
        exclude = ("supersedes_id",)

    subject_id = Id(
        load_default=None, metadata={"description": "The version that was looked at; the address says it too"}
    )
    decision = fields.Enum(Decision, by_value=True, required=True)
    reason: fields.Field[Any] = fields.Enum(ReturnReason, by_value=True, load_default=None)
    late_reason = words()
    words = words()

    def detail_of(self, values: dict[str, Any]) -> dict[str, Any]:
        """Return the columns of `verification`; the action adds the root and who looked."""
        is_return = values["decision"] is Decision.RETURNED
        if is_return and values["reason"] is None:
            raise ValidationError("Say what has to be put right.", "reason")
        if not is_return and values["reason"] is not None:
            raise ValidationError("A reason goes with a return; leave it out.", "reason")
        if values["reason"] is ReturnReason.OTHER and not (values["words"] or "").strip():
            raise ValidationError("Say it in a few words.", "words")
        return {name: values[name] for name in ("subject_id", "decision", "reason")}

    def texts_of(self, values: dict[str, Any]) -> dict[str, str | None]:
        """Return the words to the worker, and why late testimony is accepted."""
        return {"words": values["words"], "late_reason": values["late_reason"]}


class EvidenceRecordedSchema(RecordedSchema):
    """The answer to an evidence item."""

    reused = fields.Boolean(
        required=True, metadata={"description": "The same file supports another person or record already"}
    )


class OutsideVerificationSchema(Schema):
    """The answer to sending a record to the outside verifier."""

    record_id = fields.UUID(required=True)
    verifier = fields.String(required=True, metadata={"description": "First name and initial"})
    sent_at = fields.AwareDateTime(required=True)


class QueuedEvidenceSchema(Schema):
    """An evidence item as a verifier sees it; its file is at /api/evidence/<id>/file."""

    id = fields.UUID(required=True, attribute="record_id")
    kind = fields.Enum(EvidenceKind, by_value=True, required=True)
    dated_on = fields.Date(required=True, allow_none=True)
    obtained_on = fields.Date(required=True)
    obtained_how = fields.String(required=True)
    covers_from = fields.Date(required=True, allow_none=True)
    covers_until = fields.Date(required=True, allow_none=True)
    has_file = fields.Boolean(required=True)
    media_type = fields.String(required=True, allow_none=True)
    counts = fields.Boolean(required=True)
    reused_count = fields.Integer(
        required=True, metadata={"description": "Other records that rest on the very same file"}
    )


class QueuedRecordSchema(Schema):
    """A record that waits for a verifier."""

    id = fields.UUID(required=True, metadata={"description": "The version to verify"})
    root_id = fields.UUID(required=True)
    enrolment_id = fields.UUID(required=True)
    kind = fields.String(required=True)
    title = fields.String(required=True, allow_none=True)
    occurred_on = fields.Date(required=True)
    recorded_at = fields.AwareDateTime(required=True)
    received_at = fields.AwareDateTime(required=True)
    late = fields.String(required=True, allow_none=True, validate=validate.OneOf(["late", "needs-reason"]))
    reference = fields.String(required=True)
    person = fields.String(required=True, metadata={"description": "First name and initial"})
    author = fields.String(required=True, metadata={"description": "First name and initial"})
    detail = fields.Dict(keys=fields.String(), required=True)
    texts = fields.Dict(keys=fields.String(), values=fields.String(), required=True)
    evidence = fields.List(fields.Nested(QueuedEvidenceSchema), required=True)
    own = fields.Boolean(
        required=True, metadata={"description": "The viewer's own work: not theirs to verify"}
    )
    own_reason = fields.String(
        required=True,
        allow_none=True,
        validate=validate.OneOf(["you-recorded-it", "you-gave-its-evidence"]),
    )
    is_outside = fields.Boolean(required=True)
    at_stake_pence = fields.Integer(
        required=True,
        allow_none=True,
        metadata={"description": "The most that live rates can pay for it; null where none can, or outside"},
    )


class VerificationCountSchema(Schema):
    """How many records wait for one, without those that somebody else must verify."""

    waiting = fields.Integer(required=True, allow_none=True)


class VerificationQueueSchema(Schema):
    """What waits, most pressing first."""

    items = fields.List(fields.Nested(QueuedRecordSchema), required=True)
    next = fields.String(required=True, allow_none=True)
    count = fields.Integer(required=True)
    others = fields.List(
        fields.String(),
        required=True,
        metadata={"description": "Who else may verify here, where all of it is the viewer's own work"},
    )
