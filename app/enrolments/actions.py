"""The common door of every recording action, and the standing that follows from what was recorded."""

from collections.abc import Callable, Collection, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select, update

from app.core.database import transaction
from app.core.errors import DomainError, Forbidden, NotFound
from app.core.model import Base
from app.core.permissions import Actor
from app.enrolments import policies, queries
from app.enrolments.errors import EnrolmentNotInState
from app.enrolments.models import Enrolment, EnrolmentState
from app.enrolments.queries import Standing
from app.enrolments.rules import CONTRIBUTIONS, ON_PROGRAMME, attention_on
from app.records.actions import Place, insert_records, refused
from app.records.models import RecordKind
from app.records.rules import Draft, Outcome, Result

Check = Callable[[Draft, Standing], DomainError | None]


def record_facts(
    actor: Actor,
    kind: RecordKind,
    detail_model: type[Base],
    drafts: Sequence[Draft],
    *,
    at: datetime,
    check: Check | None = None,
    states: Collection[EnrolmentState] = ON_PROGRAMME,
) -> list[Outcome]:
    """Record facts of one kind: authorise, check, insert, tell the enrolments; one answer a draft.

    Args:
        actor: Who records; becomes the author.
        kind: The kind of every draft.
        detail_model: The kind's own table.
        drafts: What was recorded; any mix of enrolments.
        at: When it arrived.
        check: The kind's own rule for one draft; returns the refusal or None.
        states: In which states of the enrolment such a fact may be recorded. Corrections always may.
    """
    with transaction():
        places = queries.standings(actor, [draft.enrolment_id for draft in drafts])
        outcomes: dict[UUID, Outcome] = {}
        admitted: list[tuple[Draft, Place]] = []
        for draft in drafts:
            standing = places.get(draft.enrolment_id)
            refusal = _refusal(actor, draft, standing, states) or (
                check(draft, standing) if check and standing else None
            )
            if refusal is not None or standing is None:
                outcomes[draft.id] = refused(draft.id, refusal or NotFound())
            else:
                place = Place(standing.enrolment_id, standing.contract_id, standing.provider_id)
                admitted.append((draft, place))
        for outcome in insert_records(actor, kind, detail_model, admitted, at=at):
            outcomes[outcome.id] = outcome
        note_change(
            {draft.enrolment_id for draft, _ in admitted if outcomes[draft.id].result is Result.RECORDED},
            kinds={kind},
        )
    return [outcomes[draft.id] for draft in drafts]


def _refusal(
    actor: Actor, draft: Draft, standing: Standing | None, states: Collection[EnrolmentState]
) -> DomainError | None:
    if standing is None:
        return NotFound("There is no such person that you can see.")
    if not policies.can_record_for(actor, standing.provider_id):
        return Forbidden("Only the provider's workers and managers record for this person.")
    if draft.supersedes_id is None and standing.state not in states:
        return EnrolmentNotInState(standing.state, " or ".join(sorted(state.value for state in states)))
    return None


def note_change(enrolment_ids: Collection[UUID], *, kinds: Collection[RecordKind] | None = None) -> None:
    """Recompute the standing of enrolments whose records changed, and mark their entitlements due.

    Adds 1 to each `revision`. Takes the rows' locks in the order of their ids, so that two batches
    never wait for each other in a ring.

    Args:
        enrolment_ids: Whose records changed.
        kinds: Which kinds of record; None for all.
    """
    if not enrolment_ids:
        return
    with transaction() as session:
        enrolments = (
            session.execute(
                select(Enrolment)
                .where(Enrolment.id.in_(enrolment_ids))
                .order_by(Enrolment.id)
                .with_for_update()
                .execution_options(populate_existing=True)
            )
            .scalars()
            .all()
        )
        ids = [enrolment.id for enrolment in enrolments]
        columns: dict[UUID, dict[str, Any]] = {enrolment_id: {} for enrolment_id in ids}
        for contribution in CONTRIBUTIONS:
            if kinds is None or contribution.kinds.intersection(kinds):
                marks = contribution.compute(ids)
                for enrolment_id in ids:
                    columns[enrolment_id] |= contribution.defaults | marks.get(enrolment_id, {})
        session.execute(
            update(Enrolment),
            [
                {
                    "id": enrolment.id,
                    **columns[enrolment.id],
                    "attention_on": _attention_on(enrolment, columns[enrolment.id]),
                    "revision": enrolment.revision + 1,
                    "entitlements_due": True,
                }
                for enrolment in enrolments
            ],
        )


def _attention_on(enrolment: Enrolment, columns: dict[str, Any]) -> Any:
    names = (
        "needs_you_on",
        "next_planned_at",
        "baseline_due_on",
        "review_due_on",
        "plan_due_on",
        "last_met_on",
    )
    marks = {name: columns[name] if name in columns else getattr(enrolment, name) for name in names}
    return attention_on(enrolment.state, enrolment.referred_on, enrolment.started_on, marks)
