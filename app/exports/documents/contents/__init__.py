"""What each document says: plain, frozen values. Whoever fills them has already decided who may see what.

Days are London days, moments are aware and in UTC, money is whole pence. Text is as people wrote it: it is
made safe and escaped when the page is composed. Totals are never handed in; they are added up here, so
paper cannot disagree with itself.
"""

from app.exports.documents.contents.journeys import (
    Change,
    Correction,
    Event,
    EventKind,
    JourneyDocument,
    LadderPath,
    Quote,
    Rating,
    Reader,
    ReaderKind,
    Step,
)
from app.exports.documents.contents.lines import (
    Act,
    Condition,
    LineDocument,
    LineEvidence,
    LineRecord,
    Measurement,
    RaterMeasurement,
)
from app.exports.documents.contents.schedules import (
    Identity,
    IdentitySheetDocument,
    LeftOut,
    ScheduleDocument,
    ScheduleLine,
    ScheduleRate,
    Sum,
)
from app.exports.documents.contents.statements import (
    StatementDecision,
    StatementDocument,
    StatementEntry,
)

Document = JourneyDocument | LineDocument | ScheduleDocument | IdentitySheetDocument | StatementDocument

__all__ = [
    "Act",
    "Change",
    "Condition",
    "Correction",
    "Document",
    "Event",
    "EventKind",
    "Identity",
    "IdentitySheetDocument",
    "JourneyDocument",
    "LadderPath",
    "LeftOut",
    "LineDocument",
    "LineEvidence",
    "LineRecord",
    "Measurement",
    "Quote",
    "RaterMeasurement",
    "Rating",
    "Reader",
    "ReaderKind",
    "ScheduleDocument",
    "ScheduleLine",
    "ScheduleRate",
    "StatementDecision",
    "StatementDocument",
    "StatementEntry",
    "Step",
    "Sum",
]
