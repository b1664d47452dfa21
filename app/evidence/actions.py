"""Recording evidence and verifications, and sending a record to the outside verifier."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from app.accounts.models import User
from app.audit.actions import trace
from app.core.database import joined, reading, transaction
from app.core.errors import DomainError, Forbidden, NotFound
from app.core.ids import new_id
from app.core.json import insert_rows
from app.core.permissions import Actor, Role, require
from app.core.storage import Storage
from app.enrolments.actions import note_change, record_facts
from app.enrolments.queries.standing import Standing, standings
from app.enrolments.rules import IN_TOUCH, RECORDABLE
from app.evidence import policies
from app.evidence.errors import (
    FileRefused,
    LateReasonMissing,
    NoOutsideVerifier,
    NotEvidencable,
    OwnWork,
    SubjectChanged,
)
from app.evidence.models import (
    Decision,
    EvidenceItem,
    StoredFile,
    Verification,
    VerificationRequest,
)
from app.evidence.queries import (
    files,
    marks,  # noqa: F401 - they register
    outside,
    queue,
)
from app.evidence.queries.supports import evidence_authors, supports
from app.evidence.rules.inspection import Inspected, Unacceptable, inspect_file
from app.evidence.rules.supports import SUBJECT_KINDS, VERIFIABLE, Support, late_reason_needed
from app.records.actions import find_stored, insert_records, refused
from app.records.errors import OccurredTooLate, SubjectMissing
from app.records.models import RecordKind
from app.records.queries import Subject, authors_of, details_of, subjects
from app.records.rules import Draft, Outcome, Place, Result, london_day


def record_evidence(actor: Actor, drafts: Sequence[Draft], *, at: datetime) -> list[Outcome]:
    """Record what supports facts; each draft's details name its subject, and the person is the subject's."""
    with joined():
        found = subjects([draft.detail["subject_id"] for draft in drafts])
        places = standings(actor, [subject.enrolment_id for subject in found.values()])
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
    for field in ("dated_on", "obtained_on"):
        day = draft.detail[field]
        if day is not None and day > london_day(at):
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
    verifier_id: UUID | None  # to whom it was sent
    place: Place
    hands: frozenset[UUID]
    supports: list[Support]


def record_verifications(actor: Actor, drafts: Sequence[Draft], *, at: datetime) -> list[Outcome]:
    """Record judgements of versions of records: by a manager of the provider, or by the outside verifier."""
    with joined():
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
    places = standings(actor, [subject.enrolment_id for subject in found.values()])
    requests = outside.requests_to(actor.user_id, roots)
    authors, helpers = authors_of(roots), evidence_authors(roots)
    held = supports(roots)
    cases: dict[UUID, _Case] = {}
    for subject in found.values():
        standing, request = places.get(subject.enrolment_id), requests.get(subject.root_id)
        walls = standing or request
        if walls is None:
            continue
        is_own = standing is not None and policies.can_verify_for(actor, standing.provider_id)
        cases[subject.id] = _Case(
            subject,
            standing if is_own or request is None else None,
            request.verifier_id if request else None,
            Place(subject.enrolment_id, walls.contract_id, walls.provider_id),
            frozenset(authors[subject.root_id] | helpers[subject.root_id]),
            held[subject.root_id],
        )
    return cases


def _verification_refusal(
    actor: Actor, draft: Draft, case: _Case | None, *, is_repeat: bool
) -> DomainError | None:
    if case is None:
        return SubjectMissing()
    if case.standing is not None:
        may = policies.can_verify_for(actor, case.standing.provider_id)
    else:
        may = policies.can_verify_outside(actor, case.verifier_id)
    if not may:
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


def keep_file(
    actor: Actor,
    storage: Storage,
    sent_sha256: str,
    content: bytes,
    *,
    at: datetime,
    inspect: Callable[[bytes], tuple[Inspected, bytes]] = inspect_file,
) -> StoredFile:
    """Keep a file that was sent for the actor's organisation: checked, and stripped.

    The check takes up to two seconds and holds no transaction. The same file again is the same file.

    Args:
        actor: Who sent it.
        storage: Where the bytes go.
        sent_sha256: Of the content as it was sent, which the caller has compared.
        content: All of it.
        at: When it was complete.
        inspect: How it is checked: in a child process; only files that Waymark made itself need none.

    Raises:
        FileRefused: it is no picture and no plain document, or does more than show itself.
    """
    require(policies.can_send_files, actor)
    known = files.find_file(actor.organisation_id, sent_sha256)
    if known is not None:
        return known
    try:
        inspected, kept = inspect(content)
    except Unacceptable as refusal:
        raise FileRefused(refusal.code) from refusal
    row = {
        "id": new_id(),
        "provider_id": actor.organisation_id,
        "sent_sha256": sent_sha256,
        "kept_sha256": hashlib.sha256(kept).hexdigest(),
        **inspected._asdict(),
        "size_bytes": len(kept),
        "uploaded_by_id": actor.user_id,
        "received_at": at,
    }
    file = StoredFile(**row)
    storage.put(file.storage_key, kept)
    with transaction() as session:
        if insert_rows(session, StoredFile, [row]):
            trace(actor, "file.kept", at=at, subject_id=file.id, size_bytes=file.size_bytes)
            note_change(files.waiting_for(actor.organisation_id, sent_sha256), kinds={RecordKind.EVIDENCE})
        else:
            storage.delete(file.storage_key)  # sent twice at once: the other one is kept
        return session.scalars(files.select_file(actor.organisation_id, sent_sha256)).one()


def open_file(actor: Actor, record_id: UUID, *, at: datetime) -> StoredFile:
    """Return the file of an evidence item that the actor may see, and note that they read it.

    Raises:
        NotFound: there is none in sight, or it is still to come.
    """
    with reading():
        found = files.get_evidence_file(actor, record_id)
        trace(
            actor,
            "file.read",
            at=at,
            subject_id=record_id,
            contract_id=found.contract_id,
            enrolment_id=found.enrolment_id,
        )
    return found.file


def read_queue(actor: Actor, *, at: datetime) -> list[queue.Waiting]:
    """Return what waits for the actor to verify, and note that they read so many.

    Raises:
        Forbidden: the actor verifies nothing.
    """
    with reading():
        if not _verifies(actor):
            raise Forbidden("Only managers verify, and whoever was sent something from outside.")
        waiting = queue.verification_queue(actor, on=london_day(at))
        trace(actor, "verification-queue.read", at=at, count=len(waiting))
    return waiting


def count_queue(actor: Actor, *, at: datetime) -> int | None:
    """Return how many records wait for the actor, their own left out; None for who verifies nothing.

    Anybody may ask: an outside verifier holds no role that tells.
    """
    if not _verifies(actor):
        return None
    return sum(one.own_reason is None for one in queue.verification_queue(actor, on=london_day(at)))


def _verifies(actor: Actor) -> bool:
    return Role.MANAGER in actor.roles or outside.was_ever_asked(actor.user_id)


def send_outside(actor: Actor, record_id: UUID, *, at: datetime) -> tuple[VerificationRequest, User]:
    """Send a record to the organisation's outside verifier, who sees nothing else; again changes nothing.

    Raises:
        NotFound: there is no such record in sight.
        Forbidden: the actor does not manage the provider.
        NoOutsideVerifier: the organisation has named nobody.
        NotEvidencable: such a record is not verified.
    """
    with transaction() as session:
        subject = subjects([record_id]).get(record_id)
        standing = standings(actor, [subject.enrolment_id]) if subject else {}
        if subject is None or subject.enrolment_id not in standing:
            raise NotFound
        place = standing[subject.enrolment_id]
        require(policies.can_send_outside, actor, place.provider_id)
        if subject.kind not in VERIFIABLE:
            raise NotEvidencable("Facts are verified; this is none that is.")
        verifier = outside.outside_verifier(place.provider_id)
        if verifier is None:
            raise NoOutsideVerifier(
                "An administrator names the outside verifier in the organisation's settings."
            )
        known = outside.requests_to(verifier.id, [subject.root_id]).get(subject.root_id)
        if known is not None:
            return known, verifier
        request = VerificationRequest(
            contract_id=place.contract_id,
            provider_id=place.provider_id,
            subject_root_id=subject.root_id,
            verifier_id=verifier.id,
            sent_by_id=actor.user_id,
            sent_at=at,
        )
        session.add(request)
        session.flush()
        trace(
            actor,
            "record.sent-outside",
            at=at,
            subject_id=subject.root_id,
            contract_id=place.contract_id,
            enrolment_id=subject.enrolment_id,
        )
    return request, verifier
