"""What assessments refuse."""

from app.core.errors import Conflict
from app.records.errors import DetailTaken


class SittingDiffers(Conflict):
    """The raters of one sitting answer the same instrument, for the same person, on the same occasion."""

    code = "sitting-differs"
    title = "This belongs to another sitting"


class SittingRated(DetailTaken):
    """This rater has answered in this sitting; what was answered can be corrected, not given twice."""

    code = "sitting-rated"
    title = "Rated already"


class RaterNotIndependent(Conflict):
    """A second rater is neither the worker nor anybody who gave the person support."""

    code = "rater-not-independent"
    title = "Somebody else has to rate"
