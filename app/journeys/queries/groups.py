"""Whose people a list holds, and into which group of work each falls: conditions on an enrolment."""

from sqlalchemy import ColumnElement, Date, and_, bindparam, false, func, or_, text

from app.core.model import Id, Moment
from app.core.permissions import Actor, Role
from app.enrolments.models import LIVE_STATES, Enrolment, EnrolmentState
from app.enrolments.queries.sight import reach_of
from app.journeys.rules import Look, Needs, Scope

LIVE, CLOSED = "live", "closed"
STATES = (LIVE, CLOSED, *(state.value for state in EnrolmentState))

# Said in the words of the partial indexes, not by parameters: only so may a prepared statement use them.
_LISTED = ", ".join(f"'{state.value}'" for state in LIVE_STATES)
IS_LIVE = text(f"enrolment.state IN ({_LISTED})")
_IS_CLOSED = text(f"enrolment.state NOT IN ({_LISTED})")

USER = bindparam("user_id", type_=Id())
ORGANISATION = bindparam("organisation_id", type_=Id())
_TODAY_LESS_21 = bindparam("unmet_since", type_=Date())
_TODAY = bindparam("today", type_=Date())
WEEK_END = bindparam("week_end", type_=Date())
_WEEK_END_AT = bindparam("week_end_at", type_=Moment())


def reach_kinds(actor: Actor) -> frozenset[Role]:
    """Return those of the actor's roles that reach people, so that few statements are ever built."""
    found = actor.roles & {Role.ADVISER}
    return found | {Role.WORKER} if actor.roles & {Role.WORKER, Role.MANAGER} else frozenset(found)


def within(kinds: frozenset[Role], scope: Scope) -> ColumnElement[bool]:
    """Return whose people a scope holds; whoever only advises has the same people in each."""
    if scope is Scope.ALL or (scope is Scope.TEAM and Role.WORKER not in kinds):
        return reach_of(kinds, USER, ORGANISATION)
    if scope is Scope.TEAM:
        return reach_of({Role.WORKER}, USER, ORGANISATION)
    ways = [reach_of(kinds & {Role.ADVISER}, USER, ORGANISATION)] if Role.ADVISER in kinds else []
    if Role.WORKER in kinds:
        ways.append(and_(Enrolment.worker_id == USER, Enrolment.provider_id == ORGANISATION))
    return or_(*ways) if ways else false()


def in_state(state: str) -> ColumnElement[bool]:
    """Return the condition that an enrolment stands in one of `STATES`, in the words of its partial index."""
    if state == LIVE:
        return IS_LIVE  # type: ignore[return-value]
    if state == CLOSED:
        return _IS_CLOSED  # type: ignore[return-value]
    live = IS_LIVE if EnrolmentState(state) in LIVE_STATES else _IS_CLOSED
    return and_(live, Enrolment.state == EnrolmentState(state))


NEEDS_YOU = Enrolment.needs_you_on.is_not(None)
WAITS = or_(
    Enrolment.state.in_([EnrolmentState.REFERRED, EnrolmentState.ACCEPTED]),
    Enrolment.next_planned_at < _WEEK_END_AT,
    Enrolment.baseline_due_on <= WEEK_END,
    # Once the baseline is locked a second one is too late, and nothing is due any more.
    and_(Enrolment.second_baseline_due_on <= WEEK_END, Enrolment.baseline_locks_on >= _TODAY),
    Enrolment.review_due_on <= WEEK_END,
    Enrolment.plan_due_on <= WEEK_END,
)
# A comparison with null is null, so each half is made to answer yes or no before it is denied.
THIS_WEEK = and_(~NEEDS_YOU, func.coalesce(WAITS, false()))
_UNMET = func.coalesce(Enrolment.last_met_on, Enrolment.started_on, Enrolment.referred_on) <= _TODAY_LESS_21
NOT_MET = and_(~NEEDS_YOU, ~func.coalesce(WAITS, false()), _UNMET)
_NOTHING = and_(~NEEDS_YOU, ~func.coalesce(WAITS, false()), ~_UNMET)
GROUPS = {
    Needs.NEEDS_YOU: NEEDS_YOU,
    Needs.THIS_WEEK: THIS_WEEK,
    Needs.NOT_MET: NOT_MET,
    Needs.NOTHING: _NOTHING,
}

_MOVED_SINCE = bindparam("moved_since", type_=Date())
_CLOSES_UNTIL = bindparam("closes_until", type_=Date())
_STARTED = Enrolment.state == EnrolmentState.STARTED  # whoever is away is not looked for
LOOKS = {
    Look.MOVES: and_(_STARTED, Enrolment.moved_on >= _MOVED_SINCE),
    Look.STUCK: and_(
        _STARTED,
        Enrolment.started_on < _MOVED_SINCE,
        func.coalesce(Enrolment.moved_on, Enrolment.started_on) < _MOVED_SINCE,
    ),
    Look.NOT_MET: and_(_STARTED, _UNMET),
    Look.BASELINE_CLOSES: and_(
        _STARTED,
        or_(
            Enrolment.baseline_due_on.between(_TODAY, _CLOSES_UNTIL),
            and_(
                Enrolment.second_baseline_due_on.is_not(None),
                Enrolment.baseline_locks_on.between(_TODAY, _CLOSES_UNTIL),
            ),
        ),
    ),
}
