"""Pictures and the links to them on the wire."""

from marshmallow import Schema, fields, validate

from app.assessments.models import Rater
from app.disagreements.models import Present, Way
from app.journeys.rules import Change
from app.plans.models import StepOwner
from app.records.models import RecordKind

SECRET_LENGTH_MAX = 100


class PictureLadderSchema(Schema):
    """One ladder: the person's own sentence, what changed in words, and the ends of both raters' dots."""

    code = fields.String(required=True)
    title = fields.String(required=True)
    short_title = fields.String(required=True)
    scale_min = fields.Integer(required=True)
    scale_max = fields.Integer(required=True)
    said = fields.String(
        required=True, allow_none=True, metadata={"description": "Null where they chose not to say"}
    )
    said_first = fields.String(required=True, allow_none=True)
    worker_said = fields.String(required=True, allow_none=True)
    change = fields.Enum(
        Change, by_value=True, required=True, metadata={"description": "Of their own answers"}
    )
    began = fields.Float(required=True, allow_none=True)
    now = fields.Float(required=True, allow_none=True)
    worker_began = fields.Float(required=True, allow_none=True)
    worker_now = fields.Float(required=True, allow_none=True)


class PictureWordsSchema(Schema):
    """What the person said in their own words."""

    occurred_on = fields.Date(required=True)
    about = fields.String(required=True, allow_none=True, metadata={"description": "The ladder, in short"})
    words = fields.String(required=True)


class PictureStepSchema(Schema):
    """Who does what by when."""

    key = fields.String(required=True)
    words = fields.String(required=True, allow_none=True)
    owner = fields.Enum(StepOwner, by_value=True, required=True)
    due_on = fields.Date(required=True)
    done_on = fields.Date(required=True, allow_none=True)


class PictureNextSchema(Schema):
    """One thing that comes next."""

    code = fields.String(
        required=True, validate=validate.OneOf(("meeting", "baseline", "review", "plan-step"))
    )
    on = fields.Date(required=True)
    at = fields.AwareDateTime(required=True, allow_none=True)
    words = fields.String(required=True, allow_none=True)
    owner = fields.Enum(StepOwner, by_value=True, required=True, allow_none=True)


class PictureReaderSchema(Schema):
    """An organisation that has read the record; nobody by name."""

    organisation = fields.String(required=True)
    count = fields.Integer(required=True)
    last_at = fields.AwareDateTime(required=True)


class PictureDisagreementSchema(Schema):
    """What the person says against a fact, open until they take it back."""

    record_id = fields.UUID(required=True)
    occurred_on = fields.Date(required=True)
    way = fields.Enum(Way, by_value=True, required=True)
    present = fields.List(fields.Enum(Present, by_value=True), required=True)
    words = fields.String(required=True, allow_none=True)
    is_open = fields.Boolean(required=True)


class PictureFactSchema(Schema):
    """Something recorded about the person that they can disagree with."""

    record_id = fields.UUID(required=True)
    kind = fields.Enum(RecordKind, by_value=True, required=True)
    code = fields.String(required=True, allow_none=True)
    title = fields.String(required=True, allow_none=True, metadata={"description": "Of a milestone"})
    rater = fields.Enum(Rater, by_value=True, required=True, allow_none=True)
    occurred_on = fields.Date(required=True)
    disagreement = fields.Nested(PictureDisagreementSchema, required=True, allow_none=True)


class PictureSchema(Schema):
    """A person's picture in their own language: no money, no threshold, no name but their worker's first."""

    language = fields.String(required=True)
    first_name = fields.String(required=True)
    worker = fields.String(required=True, allow_none=True, metadata={"description": "First name"})
    provider = fields.String(required=True)
    since = fields.Date(required=True, allow_none=True)
    is_hidden = fields.Boolean(
        required=True,
        metadata={"description": "A review is near and the reader rates: no ladders until both have"},
    )
    ladders = fields.List(fields.Nested(PictureLadderSchema), required=True)
    own_words = fields.List(fields.Nested(PictureWordsSchema), required=True)
    goal = fields.String(required=True, allow_none=True)
    steps = fields.List(fields.Nested(PictureStepSchema), required=True)
    next = fields.List(fields.Nested(PictureNextSchema), required=True)
    readers = fields.List(fields.Nested(PictureReaderSchema), required=True)
    facts = fields.List(fields.Nested(PictureFactSchema), required=True)


class PictureLinkRequestSchema(Schema):
    """Where the link is handed over: Waymark sends nothing, so only to somebody who is there."""

    handed = fields.String(
        required=True,
        validate=validate.Equal("in-the-room"),
        metadata={"description": "`in-the-room`: the person is there and scans it with their own phone"},
    )


class PictureLinkSchema(Schema):
    """A link that still works; what opens it is shown once and kept nowhere."""

    id = fields.UUID(required=True)
    created_at = fields.AwareDateTime(required=True)
    expires_at = fields.AwareDateTime(required=True)
    opened_at = fields.AwareDateTime(required=True, allow_none=True)


class NewPictureLinkSchema(PictureLinkSchema):
    """A link just made: shown this once, as words and as a QR code."""

    link = fields.String(required=True)
    qr_svg = fields.String(required=True, metadata={"description": "An SVG picture of the link"})


class PictureLinkListSchema(Schema):
    """The links of a person that still work."""

    items = fields.List(fields.Nested(PictureLinkSchema), required=True)
    next = fields.String(required=True, allow_none=True)
    count = fields.Integer(required=True)


class PictureOpeningSchema(Schema):
    """What stands behind the # of a link."""

    secret = fields.String(required=True, validate=validate.Length(1, SECRET_LENGTH_MAX))


class PictureOpenedSchema(Schema):
    """Until when this phone, and no other, shows the picture."""

    expires_at = fields.AwareDateTime(required=True)
