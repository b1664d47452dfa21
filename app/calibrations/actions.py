"""Making the routine estimate of a commissioner's own pairs the inputs that its lines rest on."""

from datetime import date, datetime
from uuid import UUID

from app.calibrations import queries
from app.calibrations.rules import Named, Subject, chosen, routine_inputs
from app.core.database import transaction
from app.core.errors import Forbidden
from app.core.permissions import Actor
from app.instruments.actions import install_calibrations, sign_calibrations
from app.instruments.errors import TooFewPairs
from app.instruments.models import Calibration
from app.instruments.policies import can_sign_calibrations
from app.instruments.queries import is_commissioner
from app.instruments.rules.inputs import LEAST_PAIRS
from app.instruments.rules.signing import NewInputs


def subject_of(named: Named) -> Subject:
    """Return what an error belongs to; the whole set of ladders where none is named.

    Raises:
        NotFound: there is no such instrument, or its change never counts.
    """
    asked = queries.ladders_asked(queries.get_progress_instrument(named.instrument_id), named.rater)
    return Subject(
        instrument_id=named.instrument_id,
        rater=named.rater,
        language=named.language,
        ladders=tuple(sorted(named.ladders)) if named.ladders else asked,
    )


def adopt_estimate(actor: Actor, named: Named, *, at: datetime, today: date) -> Calibration:
    """Sign what the commissioner's own pairs of ratings say of an error.

    Raises:
        Forbidden: the actor is no administrator of a commissioner.
        NotFound: there is no such instrument, or its change never counts.
        TooFewPairs: fewer than 30 people answered the set twice, or they say nothing yet.
        Invalid: the estimate may not be signed; each fault says why.
    """
    own = actor.organisation_id
    if not can_sign_calibrations(actor, is_commissioner=is_commissioner(own)):
        raise Forbidden("Only an administrator of the commissioner signs these.")
    with transaction():
        inputs = _routine(own, subject_of(named), today)
        (signed,) = sign_calibrations(actor, [inputs], at=at, today=today)
    return signed


def install_estimate(commissioner_id: UUID, subject: Subject, *, at: datetime, today: date) -> Calibration:
    """Do the same for a commissioner who asked for it on paper (command line)."""
    with transaction():
        inputs = _routine(commissioner_id, subject, today)
        (signed,) = install_calibrations(commissioner_id, [inputs], at=at, today=today)
    return signed


def _routine(commissioner_id: UUID, subject: Subject, today: date) -> NewInputs:
    one = chosen(queries.routine_estimates(commissioner_id, subject))
    if one is None or one.pairs < LEAST_PAIRS or one.found is None:
        raise TooFewPairs(one.pairs if one else 0, LEAST_PAIRS)
    return routine_inputs(subject, one, one.found, today)
