"""Evidence supports a fact, and a second person judges it; files make it count."""

import hashlib
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.accounts.models import User
from app.audit.models import AuditEvent
from app.contracts.models import Contract
from app.core.errors import Forbidden, NotFound
from app.core.ids import new_id
from app.core.permissions import Actor, Role
from app.core.storage import Storage, open_storage
from app.enrolments.models import Enrolment
from app.evidence.actions import count_queue, keep_file, open_file, read_queue, send_outside
from app.evidence.errors import FileRefused, NoOutsideVerifier
from app.evidence.queries.queue import other_verifiers
from app.evidence.queries.supports import reused_by, supports
from app.evidence.rules.priorities import SAMPLE_FROM
from app.organisations.models import Organisation
from app.records.models import Record
from app.sync.actions.batches import receive_batch
from app.sync.actions.uploads import Declared, Progress, declare_file, get_progress, receive_chunk
from app.sync.errors import WrongOffset
from app.sync.seals.at_rest import SealSecrets
from config import DEMO_SEAL_SECRET
from tests.builders import NOON, act_as, make_enrolment, make_user
from tests.entitlements.builders import apply_card
from tests.evidence.hostile import document, picture
from tests.sync.builders import (
    contact_item,
    evidence_item,
    make_milestone_kind,
    milestone_item,
    verification_item,
)

PICTURE = picture()
SECRETS = SealSecrets({"test": DEMO_SEAL_SECRET})
SHA256 = hashlib.sha256(PICTURE).hexdigest()


@pytest.fixture
def storage(tmp_path: Path) -> Storage:
    return open_storage(tmp_path)


@pytest.fixture
def enrolment(session: Session) -> Enrolment:
    made = make_enrolment()
    apply_card(session.get_one(Contract, made.contract_id))
    return made


@pytest.fixture
def worker(enrolment: Enrolment) -> Actor:
    return act_as(Role.WORKER, at=enrolment.provider_id)


@pytest.fixture
def manager(enrolment: Enrolment) -> Actor:
    return act_as(Role.MANAGER, at=enrolment.provider_id)


@pytest.fixture
def milestone(enrolment: Enrolment, worker: Actor) -> str:
    item = milestone_item(enrolment.id, make_milestone_kind().code)
    assert send(worker, item) == ["recorded"]
    return str(item["id"])


def send(actor: Actor, *items: dict[str, Any], later: timedelta = timedelta()) -> list[str]:
    outcomes = receive_batch(actor, items, at=NOON + later)
    return [outcome.error.code if outcome.error else outcome.result.value for outcome in outcomes]


def declare(actor: Actor, storage: Storage, sha256: str, size_bytes: int) -> Progress:
    return declare_file(actor, storage, sha256, Declared(size_bytes, "image/jpeg"), secrets=SECRETS, at=NOON)


def take(actor: Actor, storage: Storage, sha256: str, piece: tuple[int, bytes]) -> Progress:
    return receive_chunk(actor, storage, sha256, piece, secrets=SECRETS, at=NOON)


def upload(actor: Actor, storage: Storage, content: bytes = PICTURE) -> None:
    sha256 = hashlib.sha256(content).hexdigest()
    declare(actor, storage, sha256, len(content))
    take(actor, storage, sha256, (0, content))


def missing(session: Session, enrolment: Enrolment) -> int:
    session.refresh(enrolment)
    return enrolment.evidence_missing_count


def counting(root_id: str) -> list[bool]:
    from uuid import UUID

    return [support.counts for support in supports([UUID(root_id)])[UUID(root_id)]]


def test_evidence_counts_once_its_file_is_here(
    enrolment: Enrolment, worker: Actor, milestone: str, storage: Storage, session: Session
) -> None:
    assert missing(session, enrolment) == 1
    send(worker, evidence_item(milestone, body={"sent_sha256": SHA256}))
    assert (missing(session, enrolment), counting(milestone)) == (1, [False])

    upload(worker, storage)

    assert (missing(session, enrolment), counting(milestone)) == (0, [True])


def test_an_observation_alone_never_counts(
    enrolment: Enrolment, worker: Actor, milestone: str, session: Session
) -> None:
    send(worker, evidence_item(milestone, kind="worker-observation"))

    assert (missing(session, enrolment), counting(milestone)) == (1, [False])


def test_the_persons_confirmation_counts_away_from_the_worker(
    worker: Actor, manager: Actor, milestone: str
) -> None:
    send(worker, evidence_item(milestone, kind="participant-confirmation"))
    send(manager, evidence_item(milestone, kind="participant-confirmation"))

    assert counting(milestone) == [False, True]


def test_a_signature_drawn_beside_the_worker_only_helps_and_a_document_counts(
    worker: Actor, milestone: str, storage: Storage
) -> None:
    for how in ("written-here", "received"):
        body = {"sent_sha256": SHA256, "obtained_how": how}
        send(worker, evidence_item(milestone, kind="participant-confirmation", body=body))
    assert counting(milestone) == [False, False]  # their files are still to come

    upload(worker, storage)

    assert counting(milestone) == [False, True]


def test_a_correction_keeps_its_evidence(
    enrolment: Enrolment, worker: Actor, milestone: str, storage: Storage
) -> None:
    upload(worker, storage)
    send(worker, evidence_item(milestone, body={"sent_sha256": SHA256}))
    right = milestone_item(
        enrolment.id, "travelled-alone", body={"supersedes_id": milestone, "reason": "Clearer words."}
    )

    assert send(worker, right) == ["recorded"]
    assert counting(milestone) == [True]


def test_reuse_of_a_file_is_pointed_out(enrolment: Enrolment, worker: Actor, milestone: str) -> None:
    other = milestone_item(enrolment.id, "travelled-alone")
    item = evidence_item(other["id"], body={"sent_sha256": SHA256})
    first = evidence_item(milestone, body={"sent_sha256": SHA256})

    send(worker, other, first)
    assert not reused_by(_id(first))
    send(worker, item)

    assert reused_by(_id(item))


def _id(item: dict[str, Any]) -> Any:
    from uuid import UUID

    return UUID(item["id"])


def test_evidence_speaks_of_facts_only(worker: Actor, milestone: str) -> None:
    item = evidence_item(milestone)
    send(worker, item)

    assert send(worker, evidence_item(item["id"])) == ["not-evidencable"]
    assert send(worker, evidence_item(new_id())) == ["subject-missing"]
    assert send(act_as(Role.WORKER), evidence_item(milestone)) == ["subject-missing"]


def test_a_file_is_taken_up_where_it_broke(worker: Actor, storage: Storage) -> None:
    half = len(PICTURE) // 2
    declare(worker, storage, SHA256, len(PICTURE))
    take(worker, storage, SHA256, (0, PICTURE[:half]))

    with pytest.raises(WrongOffset):
        take(worker, storage, SHA256, (0, PICTURE[:half]))
    assert get_progress(worker, SHA256).received_bytes == half
    done = take(worker, storage, SHA256, (half, PICTURE[half:]))

    assert done.complete
    assert list(storage.keys("pending/")) == []
    assert declare(worker, storage, SHA256, len(PICTURE)).complete


def test_a_file_that_does_not_match_its_hash_begins_anew(worker: Actor, storage: Storage) -> None:
    declare(worker, storage, SHA256, len(PICTURE))

    with pytest.raises(FileRefused) as refusal:
        take(worker, storage, SHA256, (0, bytes(len(PICTURE))))
    assert refusal.value.code == "file-hash-differs"
    assert get_progress(worker, SHA256).received_bytes == 0


def test_a_refused_file_stays_refused(worker: Actor, storage: Storage) -> None:
    page = b"<html><script>alert(1)</script>"
    sha256 = hashlib.sha256(page).hexdigest()
    for _ in range(2):
        with pytest.raises(FileRefused) as refusal:
            upload(worker, storage, page)
        assert refusal.value.code == "file-type"
    assert get_progress(worker, sha256).refusal == "file-type"


def test_another_organisations_upload_is_not_known(worker: Actor, storage: Storage) -> None:
    upload(worker, storage)

    with pytest.raises(NotFound):
        get_progress(act_as(Role.WORKER), SHA256)
    with pytest.raises(Forbidden):
        get_progress(act_as(Role.ASSESSOR), SHA256)


def test_a_read_of_a_file_leaves_its_trace(
    worker: Actor, milestone: str, storage: Storage, session: Session
) -> None:
    item = evidence_item(milestone, body={"sent_sha256": SHA256})
    send(worker, item)
    with pytest.raises(NotFound):
        open_file(worker, _id(item), at=NOON)
    upload(worker, storage)

    file = open_file(worker, _id(item), at=NOON)

    assert storage.get(file.storage_key).startswith(b"\xff\xd8")
    assert session.scalars(sa.select(AuditEvent.subject_id).where(AuditEvent.name == "file.read")).all() == [
        _id(item)
    ]
    with pytest.raises(NotFound):
        open_file(act_as(Role.MANAGER), _id(item), at=NOON)


def test_the_same_file_is_kept_once(worker: Actor, storage: Storage) -> None:
    first = keep_file(worker, storage, SHA256, PICTURE, at=NOON)

    assert keep_file(worker, storage, SHA256, PICTURE, at=NOON).id == first.id
    assert first.kept_sha256 != SHA256
    assert keep_file(worker, storage, "0" * 64, document(), at=NOON).pages == 1


def test_nobody_verifies_their_own_work(enrolment: Enrolment, manager: Actor) -> None:
    both = Actor(
        user_id=manager.user_id,
        membership_id=manager.membership_id,
        organisation_id=manager.organisation_id,
        roles=frozenset({Role.WORKER, Role.MANAGER}),
    )
    item = milestone_item(enrolment.id, make_milestone_kind().code)
    send(both, item)

    assert send(both, verification_item(item["id"])) == ["own-work"]


def test_nobody_verifies_what_they_gave_evidence_for(manager: Actor, milestone: str) -> None:
    send(manager, evidence_item(milestone))

    assert send(manager, verification_item(milestone)) == ["own-work"]
    second = act_as(Role.MANAGER, at=manager.organisation_id)
    assert send(second, verification_item(milestone)) == ["recorded"]


def test_only_a_manager_of_the_provider_verifies(worker: Actor, milestone: str) -> None:
    colleague = act_as(Role.WORKER, at=worker.organisation_id)

    assert send(colleague, verification_item(milestone)) == ["not-allowed"]
    assert send(act_as(Role.MANAGER), verification_item(milestone)) == ["subject-missing"]


def test_a_return_comes_back_until_it_is_put_right(
    enrolment: Enrolment, worker: Actor, manager: Actor, milestone: str, session: Session
) -> None:
    back = verification_item(
        milestone, body={"decision": "returned", "reason": "evidence-missing", "words": "Where is it?"}
    )
    assert send(manager, back) == ["recorded"]
    session.refresh(enrolment)
    assert (enrolment.needs_you_count, enrolment.needs_you_reason) == (1, "evidence-missing")
    assert read_queue(manager, at=NOON) == []

    send(worker, evidence_item(milestone), later=timedelta(hours=1))

    session.refresh(enrolment)
    assert (enrolment.needs_you_count, enrolment.needs_you_on) == (0, None)
    assert len(read_queue(manager, at=NOON)) == 1


def test_a_correction_is_verified_anew(
    enrolment: Enrolment, worker: Actor, manager: Actor, milestone: str
) -> None:
    send(manager, verification_item(milestone))
    assert read_queue(manager, at=NOON) == []
    right = milestone_item(
        enrolment.id, "travelled-alone", body={"supersedes_id": milestone, "reason": "Clearer words."}
    )
    send(worker, right)

    assert [str(one.record.id) for one in read_queue(manager, at=NOON)] == [right["id"]]
    assert send(manager, verification_item(milestone)) == ["subject-changed"]
    assert send(manager, verification_item(right["id"])) == ["recorded"]


def test_a_return_says_what_to_put_right(manager: Actor, milestone: str) -> None:
    assert send(manager, verification_item(milestone, body={"decision": "returned"})) == ["invalid"]
    assert send(manager, verification_item(milestone, body={"decision": "returned", "reason": "other"})) == [
        "invalid"
    ]


def test_late_testimony_is_verified_with_a_reason(
    enrolment: Enrolment, worker: Actor, manager: Actor
) -> None:
    item = milestone_item(enrolment.id, make_milestone_kind().code, body={"occurred_on": "2025-01-10"})
    send(worker, item)

    assert send(manager, verification_item(item["id"])) == ["late-reason-missing"]
    assert send(manager, verification_item(item["id"], body={"late_reason": "The tablet was lost."})) == [
        "recorded"
    ]


def test_a_document_has_its_own_dates(
    enrolment: Enrolment, worker: Actor, manager: Actor, storage: Storage
) -> None:
    item = milestone_item(enrolment.id, make_milestone_kind().code, body={"occurred_on": "2025-01-10"})
    send(worker, item, evidence_item(item["id"], body={"sent_sha256": SHA256}))
    upload(worker, storage)

    assert send(manager, verification_item(item["id"])) == ["recorded"]


def test_the_queue_shows_ones_own_work_and_why_not(
    enrolment: Enrolment, manager: Actor, milestone: str
) -> None:
    mine = milestone_item(enrolment.id, make_milestone_kind().code)
    send(manager, mine)

    queue = {str(one.record.id): one for one in read_queue(manager, at=NOON)}

    assert queue[milestone].own_reason is None
    assert queue[mine["id"]].own_reason == "you-recorded-it"
    assert (queue[milestone].person, queue[milestone].title) == ("Dean M.", "Travelled alone")


def test_where_all_is_ones_own_work_the_queue_names_who_else_may_verify(
    enrolment: Enrolment, manager: Actor, session: Session
) -> None:
    mine = milestone_item(enrolment.id, make_milestone_kind().code)
    send(manager, mine)
    other = act_as(Role.MANAGER, at=enrolment.provider_id)
    act_as(Role.WORKER, at=enrolment.provider_id)
    act_as(Role.MANAGER)
    name = session.get_one(User, other.user_id).short_name

    assert other_verifiers(manager, read_queue(manager, at=NOON)) == [name]
    assert other_verifiers(other, read_queue(other, at=NOON)) == []  # there is work for them
    send(other, evidence_item(mine["id"]))
    assert other_verifiers(manager, read_queue(manager, at=NOON)) == []


def test_of_the_rest_about_one_in_ten_is_looked_at(
    enrolment: Enrolment, worker: Actor, manager: Actor
) -> None:
    for _ in range(3):
        send(worker, *[contact_item(enrolment.id) for _ in range(200)])

    assert 25 <= len(read_queue(manager, at=NOON)) <= 110


def test_where_no_rate_pays_only_the_sample_is_looked_at(session: Session) -> None:
    own_programme = make_enrolment()
    worker = act_as(Role.WORKER, at=own_programme.provider_id)
    kind = make_milestone_kind().code
    send(worker, *[milestone_item(own_programme.id, kind) for _ in range(60)])

    queue = read_queue(act_as(Role.MANAGER, at=own_programme.provider_id), at=NOON)

    hashes = session.scalars(sa.select(Record.content_hash).where(Record.enrolment_id == own_programme.id))
    assert {one.record.content_hash for one in queue} == {one for one in hashes if one >= SAMPLE_FROM}


def test_the_queue_is_for_those_who_verify(worker: Actor) -> None:
    with pytest.raises(Forbidden):
        read_queue(worker, at=NOON)
    assert count_queue(worker, at=NOON) is None


def test_an_outside_verifier_sees_what_was_sent_to_them_and_nothing_else(
    enrolment: Enrolment, manager: Actor, worker: Actor, milestone: str, session: Session
) -> None:
    friend = make_user("Beth Lowe")
    outsider = act_as(Role.MANAGER, user=friend)
    other = milestone_item(enrolment.id, "travelled-alone")
    send(worker, other)
    with pytest.raises(NoOutsideVerifier):
        send_outside(manager, _id({"id": milestone}), at=NOON)
    organisation = session.get_one(Organisation, manager.organisation_id)
    organisation.outside_verifier_id = friend.id
    session.commit()
    assert send(outsider, verification_item(milestone)) == ["subject-missing"]

    for _ in range(2):
        send_outside(manager, _id({"id": milestone}), at=NOON)

    assert [str(one.record.id) for one in read_queue(outsider, at=NOON)] == [milestone]
    assert count_queue(outsider, at=NOON) == 1
    assert send(outsider, verification_item(other["id"])) == ["subject-missing"]
    assert send(outsider, verification_item(milestone)) == ["recorded"]
    assert session.scalar(sa.text("SELECT is_outside FROM verification"))
    assert read_queue(outsider, at=NOON) == []
