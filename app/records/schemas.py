"""What every record says on the wire, whatever its kind; strict, because it can never be changed again."""

from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from marshmallow import Schema, ValidationError, fields, post_load, validate

from app.core.schemas import EARLIEST, Day
from app.records.errors import RecordConflict
from app.records.rules import EARLIEST_CLOCK, NOBODY, Draft, Outcome, Result, Withdrawal, read_clock

TEXT_MAX = 4_000
LINE_MAX = 200


class Id(fields.UUID):
    """A UUID in its one canonical form."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> UUID:
        if not isinstance(value, str) or len(value) != 36:  # noqa: PLR2004 - the form of RFC 9562
            raise self.make_error("invalid_uuid")
        try:
            return UUID(value)
        except ValueError as error:
            raise self.make_error("invalid_uuid") from error


class Clock(fields.AwareDateTime):
    """A moment with its offset from UTC, by a clock that may be wrong, by any number of years."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> datetime:
        try:
            return read_clock(value)
        except (TypeError, ValueError, OverflowError) as error:
            raise ValidationError("Write the moment with its offset, as 2025-03-04T10:41:07Z.") from error


def words(longest: int = TEXT_MAX, **options: Any) -> fields.String:
    """Return a field for a text that may be left out, null or empty."""
    return fields.String(load_default=None, validate=validate.Length(max=longest), **options)


def required_words(longest: int = TEXT_MAX, **options: Any) -> fields.String:
    """Return a field for a text that must say something."""
    return fields.String(required=True, validate=[validate.Length(max=longest), _says_something], **options)


def _says_something(text: str) -> None:
    if not text.strip():
        raise ValidationError("Write a few words.")


class RecordSchema(Schema):
    """The part that all kinds share; a kind adds its fields and says which are details and which texts."""

    id = Id(required=True, metadata={"description": "UUIDv7, made by whoever records"})
    occurred_on = Day(required=True, metadata={"description": "The London day it happened"})
    recorded_at = Clock(required=True, metadata={"description": "By the device's clock"})
    supersedes_id = Id(load_default=None, metadata={"description": "The version that this one corrects"})
    reason: fields.Field[Any] = words(
        metadata={"description": "Why it is corrected; goes with supersedes_id"}
    )

    REASON_FIELD: ClassVar[str] = "reason"  # another one where a kind's own reason is a code

    def detail_of(self, values: dict[str, Any]) -> dict[str, Any]:
        """Return the columns of the kind's own table."""
        raise NotImplementedError

    def texts_of(self, values: dict[str, Any]) -> dict[str, str | None]:
        """Return the free texts by field; empty ones are left out."""
        return {"note": values.get("note")}

    @post_load
    def make(self, values: dict[str, Any], **_: Any) -> Draft:
        """Make the draft; whoever knows its person or its device says so among the values, or fills it in."""
        texts = {"reason": self._correction_reason(values), **self.texts_of(values)}
        return Draft(
            id=values["id"],
            enrolment_id=values.get("enrolment_id", NOBODY),
            occurred_on=values.get("occurred_on", EARLIEST),
            recorded_at=values.get("recorded_at", EARLIEST_CLOCK),
            supersedes_id=values.get("supersedes_id"),
            detail=self.detail_of(values),
            texts={field: text for field, text in texts.items() if text},
            device_id=values.get("device_id"),
        )

    def _correction_reason(self, values: dict[str, Any]) -> str | None:
        reason: str | None = values.get(self.REASON_FIELD)
        if values.get("supersedes_id") is None and reason:
            raise ValidationError("A reason goes with supersedes_id; leave it out.", self.REASON_FIELD)
        if values.get("supersedes_id") is not None and not (reason and reason.strip()):
            raise ValidationError("Say in a few words why it is corrected.", self.REASON_FIELD)
        return reason


class WithdrawalSchema(Schema):
    """A fact is taken back, with the reason; all its versions stay readable."""

    id = Id(required=True)
    reason = required_words()
    occurred_on = Day(load_default=None, metadata={"description": "Of the fact; left out, it stays"})
    recorded_at = Clock(required=True)

    @post_load
    def make(self, values: dict[str, Any], **_: Any) -> Withdrawal:
        """Make the withdrawal, whose subject is filled in by whoever knows it."""
        return Withdrawal(subject_id=NOBODY, **values)


class ReceiptSchema(Schema):
    """The proof of what was received, and when."""

    record_id = fields.UUID(required=True)
    content_hash = fields.String(required=True, metadata={"description": "SHA-256, hexadecimal"})
    received_at = fields.AwareDateTime(required=True)


class RecordedSchema(Schema):
    """The answer to one record: new (201), or the same as before (200)."""

    id = fields.UUID(required=True)
    outcome = fields.Enum(Result, by_value=True, required=True)
    receipt = fields.Nested(ReceiptSchema, required=True)


def answer_to(outcome: Outcome) -> tuple[dict[str, Any], int]:
    """Return the body and status of a single POST.

    Raises:
        DomainError: the record was refused, or conflicts with what stands.
    """
    if outcome.error is not None:
        raise outcome.error
    if outcome.receipt is None:
        raise RecordConflict("The record was not received.")
    body = {"id": outcome.id, "outcome": outcome.result, "receipt": outcome.receipt}
    return body, 201 if outcome.result is Result.RECORDED else 200
