"""Recording that the person disagrees, and that they take it back."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from app.core.database import joined
from app.core.errors import DomainError, Invalid
from app.core.permissions import Actor
from app.disagreements.errors import DisagreedBefore, NotDisputable, OtherDisagreement
from app.disagreements.models import Disagreement, Way
from app.disagreements.queries import open_disagreements
from app.disagreements.rules import AFTER_DISAGREEMENT
from app.enrolments.actions import one_change, record_facts
from app.enrolments.models import EnrolmentState
from app.enrolments.queries.standing import standings
from app.evidence.rules.supports import SUBJECT_KINDS
from app.records.actions import find_stored, refused
from app.records.errors import SubjectMissing
from app.records.models import RecordKind
from app.records.queries import Subject, details_of, subjects
from app.records.rules import Draft, Outcome, Result

ALWAYS = frozenset(EnrolmentState)  # whoever has left may still say that something is not so


def record_disagreements(
    actor: Actor, drafts: Sequence[Draft], *, at: datetime, way: Way = Way.ON_TABLET
) -> list[Outcome]:
    """Record what people disagree with, or no longer do; one answer a draft.

    Each draft's details name its subject, and the person is the subject's. Lines that rest on a fact are
    told in the same transaction.

    Args:
        actor: Who records: the worker who is with the person, or gave them the link.
        drafts: What was said; one that is withdrawn names the disagreement it takes back.
        at: When it arrived.
        way: By which it came; a draft that says another is refused.
    """
    # The lines' locks come before the enrolments', so these are told of the change last.
    with joined(), one_change():
        found = subjects([draft.detail["subject_id"] for draft in drafts])
        people = [subject.enrolment_id for subject in found.values()]
        places = standings(actor, people)
        stored = find_stored([draft.id for draft in drafts])
        said = _said_before(drafts)
        disputed = {one.subject_id for one in open_disagreements(people)}
        outcomes: dict[UUID, Outcome] = {}
        ready: list[Draft] = []
        for draft in drafts:
            subject = found.get(draft.detail["subject_id"])
            if subject is None or subject.enrolment_id not in places:
                outcomes[draft.id] = refused(draft.id, SubjectMissing())
                continue
            refusal = None if draft.id in stored else _refusal(draft, subject, said, disputed, way)
            if refusal is not None:
                outcomes[draft.id] = refused(draft.id, refusal)
                continue
            disputed.add(subject.id)
            ready.append(_placed(draft, subject))
        recorded = record_facts(actor, RecordKind.DISAGREEMENT, Disagreement, ready, at=at, states=ALWAYS)
        outcomes |= {outcome.id: outcome for outcome in recorded}
        _tell(actor, [draft for draft in ready if outcomes[draft.id].result is Result.RECORDED], at)
    return [outcomes[draft.id] for draft in drafts]


def _said_before(drafts: Sequence[Draft]) -> dict[UUID, UUID]:
    """Return, for each disagreement that is taken back, which fact it is about."""
    ids = [draft.supersedes_id for draft in drafts if draft.supersedes_id]
    rows = details_of(RecordKind.DISAGREEMENT, ids) if ids else {}
    return {record_id: detail["subject_root_id"] for record_id, detail in rows.items()}


def _refusal(
    draft: Draft, subject: Subject, said: dict[UUID, UUID], disputed: Collection[UUID], way: Way
) -> DomainError | None:
    if draft.detail["way"] is not way:
        return Invalid.field("way", "not-valid", "Only the person's own link says that it was their phone.")
    if draft.is_withdrawn:
        if draft.supersedes_id is None or said.get(draft.supersedes_id) != subject.root_id:
            return OtherDisagreement("Name the disagreement with this very record that is taken back.")
        return None
    if subject.kind not in SUBJECT_KINDS or subject.is_withdrawn:
        return NotDisputable("Choose a rating, a milestone, a note or another fact that stands.")
    if subject.id in disputed:
        return DisagreedBefore("It stands until they take it back, or the record is corrected.")
    return None


def _placed(draft: Draft, subject: Subject) -> Draft:
    return replace(
        draft,
        enrolment_id=subject.enrolment_id,
        detail={**draft.detail, "subject_root_id": subject.root_id},
    )


def _tell(actor: Actor, drafts: Sequence[Draft], at: datetime) -> None:
    """Tell whoever uses records that somebody disagrees with them now."""
    roots = [draft.detail["subject_root_id"] for draft in drafts if not draft.is_withdrawn]
    if roots:
        for listener in AFTER_DISAGREEMENT:
            listener(actor, roots, at)
