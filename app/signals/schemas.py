"""Signals on the wire: numbers, how often honest teams show them, and the team's answers; no worker."""

from typing import Any

from marshmallow import Schema, fields, post_load, validate

from app.records.models import RecordKind
from app.signals.models import SignalKind
from app.signals.queries.signals import LookShown, SignalShown
from app.signals.rules.looks import LOOKS_A_YEAR
from app.signals.rules.telling import told_to_prime_on

ANSWER_MAX = 4_000


class SignalAnswerSchema(Schema):
    """What the team said, who, and when."""

    words = fields.String(required=True)
    by = fields.String(required=True, metadata={"description": "First name and initial"})
    answered_at = fields.AwareDateTime(required=True)


class SignalSchema(Schema):
    """Something that honest teams hardly ever show. It says nothing of why."""

    id = fields.UUID(required=True)
    contract_id = fields.UUID(required=True)
    contract = fields.String(required=True)
    provider = fields.String(required=True)
    kind = fields.Enum(SignalKind, by_value=True, required=True)
    is_of_one_worker = fields.Boolean(
        required=True, metadata={"description": "In one worker's records; whose is not told. Else the team's"}
    )
    since = fields.Date(required=True, metadata={"description": "What was received after this day"})
    until = fields.Date(required=True)
    seen_count = fields.Integer(required=True)
    case_count = fields.Integer(required=True)
    expected_share = fields.Float(required=True, metadata={"description": "Of cases, that is allowed for"})
    frequency = fields.Float(
        required=True,
        metadata={"description": "Of honest teams that show anything as rare in a year of looks, at most"},
    )
    found_at = fields.AwareDateTime(required=True)
    told_to_prime_on = fields.Date(required=True)
    answers = fields.List(fields.Nested(SignalAnswerSchema), required=True)
    can_answer = fields.Boolean(required=True)


class SignalLookSchema(Schema):
    """The newest look at one of the own teams."""

    contract_id = fields.UUID(required=True)
    contract = fields.String(required=True)
    looked_at = fields.AwareDateTime(required=True)
    since = fields.Date(required=True)
    person_count = fields.Integer(required=True)
    worker_count = fields.Integer(required=True)
    looks_a_year = fields.Integer(required=True)


class SignalListSchema(Schema):
    """Signals, those without an answer first, and the newest looks at the own teams."""

    items = fields.List(fields.Nested(SignalSchema), required=True)
    looks = fields.List(fields.Nested(SignalLookSchema), required=True)
    count = fields.Integer(required=True)


class SignalRecordSchema(Schema):
    """A record that a signal was seen in."""

    record_id = fields.UUID(required=True)
    enrolment_id = fields.UUID(required=True)
    kind = fields.Enum(RecordKind, by_value=True, required=True)
    occurred_on = fields.Date(required=True)
    person = fields.String(required=True, metadata={"description": "First name and initial"})


class SignalRecordListSchema(Schema):
    """What a signal was seen in, of the people in sight, the newest first; at most 50."""

    items = fields.List(fields.Nested(SignalRecordSchema), required=True)
    count = fields.Integer(required=True)


class NewSignalAnswerSchema(Schema):
    """The team's answer, in its own words; the prime reads it. It is never changed: add another."""

    words = fields.String(required=True, validate=validate.Length(min=1, max=ANSWER_MAX))

    @post_load
    def trimmed(self, values: dict[str, Any], **_: Any) -> dict[str, Any]:
        """Leave out blanks at the ends.

        Raises:
            ValidationError: nothing is left.
        """
        words = values["words"].strip()
        validate.Length(min=1)(words)
        return {"words": words}


def shown(one: SignalShown, *, can_answer: bool) -> dict[str, Any]:
    """Return a signal for the wire."""
    signal = one.signal
    first = one.answers[0][0].answered_at if one.answers else None
    same = ("id", "contract_id", "kind", "since", "until", "seen_count", "case_count", "found_at")
    return {
        **{name: getattr(signal, name) for name in (*same, "expected_share", "frequency")},
        "contract": one.contract,
        "provider": one.provider,
        "is_of_one_worker": signal.worker_id is not None,
        "told_to_prime_on": told_to_prime_on(signal.found_at, first),
        "answers": [
            {"words": answer.words, "by": by, "answered_at": answer.answered_at} for answer, by in one.answers
        ],
        "can_answer": can_answer,
    }


def looked(one: LookShown) -> dict[str, Any]:
    """Return a look for the wire."""
    names = ("contract_id", "looked_at", "since", "person_count", "worker_count")
    told = {name: getattr(one.look, name) for name in names}
    return told | {"contract": one.contract, "looks_a_year": LOOKS_A_YEAR}
