"""Any document there is."""

from app.exports.documents.contents.journeys import JourneyDocument
from app.exports.documents.contents.lines import LineDocument
from app.exports.documents.contents.schedules import IdentitySheetDocument, ScheduleDocument
from app.exports.documents.contents.statements import StatementDocument

Document = JourneyDocument | LineDocument | ScheduleDocument | IdentitySheetDocument | StatementDocument
