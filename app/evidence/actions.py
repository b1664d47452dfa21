"""Recording evidence and verifications, and sending a record to the outside verifier."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from app.core.database import transaction
from app.core.errors import DomainError, Forbidden
from app.core.permissions import Actor
from app.enrolments import queries as enrolments
from app.enrolments.actions import note_change, record_facts
from app.enrolments.queries import Standing
from app.enrolments.rules import IN_TOUCH, RECORDABLE
from app.evidence import policies, queries
from app.evidence.errors import (
    LateReasonMissing,
    NotEvidencable,
    OwnWork,
    SubjectChanged,
)
from app.evidence.models import Decision, EvidenceItem, Verification
from app.evidence.rules import SUBJECT_KINDS, VERIFIABLE, Support, late_reason_needed
from app.records.actions import Place, find_stored, insert_records, refused
from app.records.errors import OccurredTooLate, SubjectMissing
from app.records.models import RecordKind
from app.records.queries import Subject, authors_of, details_of, subjects
from app.records.rules import Draft, Outcome, Result, london_day


def record_evidence(actor: Actor, drafts: Sequence[Draft], *, at: datetime) -> list[Outcome]:
    """Record what supports facts; each draft's details name its subject, and the person is the subject's."""
    with transaction():
        found = subjects([draft.detail["subject_id"] for draft in drafts])
        places = enrolments.standings(actor, [subject.enrolment_id for subject in found.values()])
        former = _subjects_before(drafts)
        outcomes: dict[UUID, Outcome] = {}
        ready: list[Draft] = []
        for draft in drafts:
            subject = found.get(draft.detail["subject_id"])
            if subject is None or subject.enrolment_id not in places:
                outcomes[draft.id] = refused(draft.id, SubjectMissing())
                continue
            refusal = _evidence_refusal(draft, subject, former, at)
            if refusal is not None:
                outcomes[draft.id] = refused(draft.id, refusal)
            else:
                ready.append(_evidence_of(draft, subject))
        recorded = record_facts(
            actor, RecordKind.EVIDENCE, EvidenceItem, ready, at=at, states=IN_TOUCH | RECORDABLE
        )
        outcomes |= {outcome.id: outcome for outcome in recorded}
    return [outcomes[draft.id] for draft in drafts]


def _subjects_before(drafts: Sequence[Draft]) -> dict[UUID, UUID]:
    """Return for each item that is corrected which fact it supports."""
    ids = [draft.supersedes_id for draft in drafts if draft.supersedes_id]
    rows = details_of(RecordKind.EVIDENCE, ids) if ids else {}
    return {record_id: detail["subject_root_id"] for record_id, detail in rows.items()}


def _evidence_refusal(
    draft: Draft, subject: Subject, former: dict[UUID, UUID], at: datetime
) -> DomainError | None:
    if subject.kind not in SUBJECT_KINDS:
        return NotEvidencable("Evidence supports a fact, not other evidence or a verification.")
    if draft.supersedes_id and former.get(draft.supersedes_id, subject.root_id) != subject.root_id:
        return SubjectChanged("A correction of evidence supports the same record.")
    for field in ("dated_on", "obtained_on", "covers_until"):
        day = draft.detail[field]
        if day is not None and day > london_day(at) and field != "covers_until":
            return OccurredTooLate.field(field, "occurred-in-future", "Choose today or an earlier day.")
    return None


def _evidence_of(draft: Draft, subject: Subject) -> Draft:
    detail = {name: value for name, value in draft.detail.items() if name != "subject_id"}
    return replace(
        draft, enrolment_id=subject.enrolment_id, detail={"subject_root_id": subject.root_id, **detail}
    )


@dataclass(frozen=True)
class _Case:
    """A record before a verifier."""

    subject: Subject
    standing: Standing | None  # None where it was sent to them from outside
    place: Place
    hands: frozenset[UUID]
    supports: list[Support]


def record_verifications(actor: Actor, drafts: Sequence[Draft], *, at: datetime) -> list[Outcome]:
    """Record judgements of versions of records: by a manager of the provider, or by the outside verifier."""
    with transaction():
        cases = _cases(actor, {draft.detail["subject_id"] for draft in drafts})
        stored = find_stored([draft.id for draft in drafts])
        outcomes: dict[UUID, Outcome] = {}
        admitted: list[tuple[Draft, Place]] = []
        for draft in drafts:
            case = cases.get(draft.detail["subject_id"])
            refusal = _verification_refusal(actor, draft, case, is_repeat=draft.id in stored)
            if refusal is not None or case is None:
                outcomes[draft.id] = refused(draft.id, refusal or SubjectMissing())
            else:
                admitted.append((_verification_of(draft, case), case.place))
        recorded = insert_records(
            actor, RecordKind.VERIFICATION, Verification, admitted, at=at, stored=stored
        )
        outcomes |= {outcome.id: outcome for outcome in recorded}
        new = {outcome.id for outcome in recorded if outcome.result is Result.RECORDED}
        note_change(
            {draft.enrolment_id for draft, _ in admitted if draft.id in new}, kinds={RecordKind.VERIFICATION}
        )
    return [outcomes[draft.id] for draft in drafts]


def _cases(actor: Actor, subject_ids: set[UUID]) -> dict[UUID, _Case]:
    """Return the records that the actor may look at, by version: those in sight, and those sent to them."""
    found = subjects(subject_ids)
    roots = {subject.root_id for subject in found.values()}
    standings = enrolments.standings(actor, [subject.enrolment_id for subject in found.values()])
    requests = queries.requests_to(actor.user_id, roots)
    authors, evidence_authors = authors_of(roots), queries.evidence_authors(roots)
    supports = queries.supports(roots)
    cases: dict[UUID, _Case] = {}
    for subject in found.values():
        standing, request = standings.get(subject.enrolment_id), requests.get(subject.root_id)
        walls = standing or request
        if walls is None:
            continue
        is_own = standing is not None and policies.can_verify_for(actor, standing.provider_id)
        cases[subject.id] = _Case(
            subject,
            standing if is_own or request is None else None,
            Place(subject.enrolment_id, walls.contract_id, walls.provider_id),
            frozenset(authors[subject.root_id] | evidence_authors[subject.root_id]),
            supports[subject.root_id],
        )
    return cases


def _verification_refusal(
    actor: Actor, draft: Draft, case: _Case | None, *, is_repeat: bool
) -> DomainError | None:
    if case is None:
        return SubjectMissing()
    if case.standing is not None and not policies.can_verify_for(actor, case.standing.provider_id):
        return Forbidden("Only a manager of the provider verifies, or the outside verifier it was sent to.")
    return None if is_repeat else _judgement_refusal(actor, draft, case)


def _judgement_refusal(actor: Actor, draft: Draft, case: _Case) -> DomainError | None:
    subject = case.subject
    if subject.kind not in VERIFIABLE:
        return NotEvidencable("Facts are verified; this is none that is.")
    if actor.user_id in case.hands:
        return OwnWork()
    if subject.is_withdrawn or not subject.is_current:
        return SubjectChanged("It was corrected or withdrawn; look at what stands now.")
    is_verified = draft.detail["decision"] is Decision.VERIFIED
    if is_verified and not draft.texts.get("late_reason", "").strip():
        late = late_reason_needed(subject.kind, subject.occurred_on, subject.received_at, case.supports)
        if late:
            detail = "It was told more than 28 days after it happened; say why it is accepted."
            return LateReasonMissing.field("late_reason", "missing", detail)
    return None


def _verification_of(draft: Draft, case: _Case) -> Draft:
    return replace(
        draft,
        enrolment_id=case.subject.enrolment_id,
        detail={
            "subject_root_id": case.subject.root_id,
            "is_outside": case.standing is None,
            **draft.detail,
        },
    )
