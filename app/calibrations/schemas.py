"""Calibration on the wire: figures are decimals as text, so that none changes on the way."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from marshmallow import Schema, fields, post_load, validate

from app.assessments.models import Rater
from app.calibrations.queries import CalibrationStanding
from app.calibrations.rules import Design, Estimate, Named, workings
from app.core.schemas import Day
from app.instruments.models import Calibration, CalibrationSource
from app.instruments.rules.inputs import CalibrationState
from app.instruments.rules.signing import NewInputs

LANGUAGE = validate.Regexp(r"^[a-z]{2,3}$")
REFERENCE_MAX = 1_000
LADDERS_MAX = 60
SIGNABLE = (CalibrationSource.PROVISIONAL.value, CalibrationSource.PUBLISHED.value)


def _figure() -> fields.String:
    return fields.String(required=True, validate=validate.Regexp(r"^[0-9]{1,3}(\.[0-9]{1,6})?$"))


def _ladders(**more: Any) -> "fields.List[str]":
    code = fields.String(validate=validate.Regexp(r"^[a-z0-9][a-z0-9-]{0,59}$"))
    return fields.List(code, validate=validate.Length(min=1, max=LADDERS_MAX), **more)


class CalibrationSchema(Schema):
    """One version of signed inputs of a standard error."""

    id = fields.UUID(required=True)
    commissioner_id = fields.UUID(required=True)
    instrument_id = fields.UUID(required=True)
    rater = fields.Enum(Rater, by_value=True, required=True)
    language = fields.String(required=True)
    ladders = fields.List(fields.String(), required=True)
    source = fields.Enum(CalibrationSource, by_value=True, required=True)
    version = fields.Integer(required=True)
    sd = fields.String(required=True, metadata={"description": "Points of the scale, between people"})
    r = fields.String(required=True)
    r_lower = fields.String(
        required=True, metadata={"description": "Lower one-sided 95 % limit: the one that is used"}
    )
    n = fields.Integer(required=True, metadata={"description": "Pairs of ratings; 0 of provisional inputs"})
    reference = fields.String(required=True)
    signed_at = fields.AwareDateTime(required=True)
    valid_from = fields.Date(required=True)
    valid_until = fields.Date(required=True, allow_none=True)


class IccSchema(Schema):
    """An intraclass correlation with its 95 % interval and its lower one-sided limit."""

    value = fields.String(required=True)
    low = fields.String(required=True)
    high = fields.String(required=True)
    lower_limit = fields.String(required=True)


class CalibrationFiguresSchema(Schema):
    """What pairs of ratings say."""

    sd = fields.String(required=True)
    drift = fields.String(required=True, metadata={"description": "Mean of the second less the first"})
    sem = fields.String(required=True)
    icc_a1 = fields.Nested(IccSchema, required=True)
    icc_c1 = fields.Nested(IccSchema, required=True)


class CalibrationEstimateSchema(Schema):
    """What the routine pairs of one design say by now."""

    design = fields.Enum(Design, by_value=True, required=True)
    pairs = fields.Integer(required=True)
    figures = fields.Nested(CalibrationFiguresSchema, required=True, allow_none=True)


class CalibrationStandingSchema(Schema):
    """How an instrument version stands with one rater and language at one commissioner."""

    commissioner_id = fields.UUID(required=True)
    commissioner = fields.String(required=True)
    instrument_id = fields.UUID(required=True)
    instrument = fields.String(required=True)
    instrument_version = fields.Integer(required=True)
    rater = fields.Enum(Rater, by_value=True, required=True)
    language = fields.String(required=True)
    ladders = fields.List(fields.String(), required=True)
    state = fields.Enum(CalibrationState, by_value=True, required=True)
    pairs = fields.Integer(
        required=True, metadata={"description": "Of the estimate that would be signed; 30 are enough"}
    )
    in_force = fields.Nested(CalibrationSchema, required=True, allow_none=True)
    estimates = fields.List(fields.Nested(CalibrationEstimateSchema), required=True)


class CalibrationListSchema(Schema):
    """The states with each commissioner in sight, and every version that was signed, the newest first."""

    items = fields.List(fields.Nested(CalibrationStandingSchema), required=True)
    signed = fields.List(fields.Nested(CalibrationSchema), required=True)
    count = fields.Integer(required=True)


class SignedInputsSchema(Schema):
    """Inputs that the commissioner puts its name to: provisional, or from a published study."""

    instrument_id = fields.UUID(required=True)
    rater = fields.Enum(Rater, by_value=True, required=True)
    language = fields.String(required=True, validate=LANGUAGE)
    ladders = _ladders(required=True)
    source = fields.String(required=True, validate=validate.OneOf(SIGNABLE))
    sd = _figure()
    r = _figure()
    r_lower = _figure()
    n = fields.Integer(strict=True, load_default=0, validate=validate.Range(min=0, max=1_000_000))
    reference = fields.String(required=True, validate=validate.Length(min=1, max=REFERENCE_MAX))
    valid_from = Day(required=True)
    valid_until = Day(load_default=None, allow_none=True)

    @post_load
    def as_inputs(self, values: dict[str, Any], **_: Any) -> NewInputs:
        """Return what the rules read."""
        return NewInputs(
            **{
                **values,
                "rater": values["rater"].value,
                "ladders": tuple(values["ladders"]),
                "source": CalibrationSource(values["source"]),
                **{name: Decimal(values[name]) for name in ("sd", "r", "r_lower")},
            }
        )


class RoutineCalibrationSchema(Schema):
    """Whose estimate is to be signed; the whole set of ladders where none is named."""

    instrument_id = fields.UUID(required=True)
    rater = fields.Enum(Rater, by_value=True, required=True)
    language = fields.String(required=True, validate=LANGUAGE)
    ladders = _ladders(load_default=None, allow_none=True)

    @post_load
    def as_named(self, values: dict[str, Any], **_: Any) -> Named:
        """Return what the action is asked for."""
        return Named(**values)


def listed(standing: CalibrationStanding) -> dict[str, Any]:
    """Return a standing as `CalibrationStandingSchema` shows it."""
    return {
        "commissioner_id": standing.commissioner.id,
        "commissioner": standing.commissioner.name,
        "instrument_id": standing.instrument.id,
        "instrument": standing.instrument.title,
        "instrument_version": standing.instrument.version,
        "rater": standing.rater,
        "language": standing.language,
        "ladders": list(standing.ladders),
        "state": standing.state,
        "pairs": standing.adopted.pairs if standing.adopted else 0,
        "in_force": shown(standing.in_force) if standing.in_force else None,
        "estimates": [_estimate(one) for one in standing.estimates],
    }


def shown(calibration: Calibration) -> dict[str, Any]:
    """Return signed inputs as `CalibrationSchema` shows them."""
    names = [name for name in CalibrationSchema().fields if name != "rater"]
    return {**{name: getattr(calibration, name) for name in names}, "rater": Rater(calibration.rater)}


def _estimate(one: Estimate) -> Mapping[str, Any]:
    figures = workings(one, one.found) if one.found else None
    return {"design": one.design, "pairs": one.pairs, "figures": figures}
