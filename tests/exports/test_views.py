"""Exports over HTTP: for the asker alone, until they expire; papers with the right names and headers."""

import csv
import hashlib
import io
import zipfile
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.audit.models import AuditEvent
from app.claims.actions.deciding import accept_line, reject_line
from app.claims.models import RejectionReason
from app.claims.queries.lines import lines_of
from app.core.database import transaction
from app.core.permissions import Actor, Role
from app.exports import jobs, views
from app.exports.actions.asking import purge_exports
from app.exports.models import Export
from app.jobs.actions import run_due_jobs
from app.statements.models import Statement
from tests.accounts.builders import sign_in_as
from tests.builders import act_as
from tests.exports.builders import LOCKED_AT, Locked, PlainPress, make_locked, submit

NEVER = "00000000-0000-7000-8000-000000000000"


@pytest.fixture
def renderer(monkeypatch: pytest.MonkeyPatch) -> PlainPress:
    """Draw no real page: the drawing has tests of its own."""
    plain = PlainPress()
    for module in (jobs, views):
        monkeypatch.setattr(module, "shared_renderer", lambda _limits, **_: plain)
    monkeypatch.setattr("app.jobs.actions.PERIODICS", [])
    return plain


@pytest.fixture
def locked(session: Session, renderer: PlainPress) -> Locked:
    return make_locked(people=2)


def ask(client: FlaskClient, who: Actor, path: str) -> Any:
    return client.post(path, headers=sign_in_as(client, who))


def json_of(client: FlaskClient, address: str) -> dict[str, Any]:
    answer: dict[str, Any] = client.get(address).json or {}
    return answer


def packed(client: FlaskClient, locked: Locked) -> str:
    """Ask for a pack as the approver, have it made, and return the export's address."""
    answer = ask(client, locked.world.approver, f"/api/claims/{locked.claim.id}/packs")
    assert answer.status_code == 202
    run_due_jobs(at=datetime.now(UTC))
    return f"/api/exports/{answer.json['export_id']}"


def test_a_pack_is_asked_for_made_and_fetched(client: FlaskClient, locked: Locked, session: Session) -> None:
    label = locked.claim.label
    answer = ask(client, locked.world.approver, f"/api/claims/{locked.claim.id}/packs")
    address = f"/api/exports/{answer.json['export_id']}"
    waiting = json_of(client, address)
    too_early = client.get(f"{address}/file")
    run_due_jobs(at=datetime.now(UTC))
    done = json_of(client, address)
    file = client.get(done["file_url"])

    assert (waiting["state"], waiting["file_url"], waiting["sha256"]) == ("waiting", None, None)
    assert (too_early.status_code, (too_early.json or {}).get("code")) == (409, "export-not-ready")
    assert (done["state"], done["done_count"], done["total_count"]) == ("done", 7, 7)
    assert done["sha256"] == hashlib.sha256(file.data).hexdigest()
    assert (done["size_bytes"], file.content_length) == (len(file.data), len(file.data))
    assert file.headers["Cache-Control"] == "no-store"
    assert file.headers["Content-Disposition"] == f'attachment; filename="evidence-pack-{label}.zip"'
    assert zipfile.ZipFile(io.BytesIO(file.data)).testzip() is None
    names = session.scalars(select(AuditEvent.name)).all()
    assert (
        names.count("claim.pack-asked") == names.count("claim.pack-made") == names.count("export.read") == 1
    )


def test_nobody_but_the_asker_learns_that_there_is_an_export(client: FlaskClient, locked: Locked) -> None:
    address = packed(client, locked)
    colleague = act_as(Role.CLAIMS_APPROVER, Role.ADMINISTRATOR, at=locked.world.approver.organisation_id)
    others = (locked.world.preparer, colleague, locked.world.assessor, locked.world.manager)

    for other in others:
        sign_in_as(client, other)
        for ending in ("", "/file"):
            known, unknown = client.get(address + ending), client.get(f"/api/exports/{NEVER}{ending}")
            assert (known.status_code, known.data) == (404, unknown.data)


def test_an_expired_export_is_gone_and_then_purged(
    client: FlaskClient, locked: Locked, session: Session
) -> None:
    address = packed(client, locked)
    with transaction():
        session.execute(update(Export).values(expires_at=datetime.now(UTC) - timedelta(seconds=1)))
    gone = [client.get(address).status_code, client.get(f"{address}/file").status_code]
    storage = jobs.storage()
    key = f"exports/{address.rpartition('/')[2]}"
    kept = storage.has(key)
    count = purge_exports(storage, at=datetime.now(UTC))

    assert gone == [404, 404]
    assert (kept, count, list(storage.keys("exports/"))) == (True, 1, [])
    assert session.scalars(select(Export.id)).all() == []


def test_asking_again_while_it_waits_is_the_same_export(client: FlaskClient, locked: Locked) -> None:
    path = f"/api/claims/{locked.claim.id}/packs"
    first = ask(client, locked.world.approver, path).json
    second = ask(client, locked.world.approver, path).json
    other = ask(client, locked.world.preparer, path).json

    assert first == second
    assert other != first


def test_a_draft_has_no_pack_and_a_stranger_sees_no_claim(client: FlaskClient, locked: Locked) -> None:
    from app.claims.actions.locking import unlock_claim

    path = f"/api/claims/{locked.claim.id}/packs"
    strange = ask(client, act_as(Role.CLAIMS_APPROVER), path)
    forbidden = ask(client, act_as(Role.SUPPLY_CHAIN, at=locked.world.approver.organisation_id), path)
    unlock_claim(locked.world.approver, locked.claim.id, at=LOCKED_AT)
    draft = ask(client, locked.world.approver, path)

    assert (strange.status_code, forbidden.status_code) == (404, 403)
    assert (draft.status_code, draft.json["code"]) == (409, "claim-not-locked")


def test_whoever_loses_the_role_loses_the_file(client: FlaskClient, locked: Locked, session: Session) -> None:
    address = packed(client, locked)
    from app.accounts.models import Membership

    with transaction():
        session.execute(
            update(Membership)
            .where(Membership.id == locked.world.approver.membership_id)
            .values(roles=[Role.SUPPLY_CHAIN.value])
        )

    assert client.get(f"{address}/file").status_code == 404


def test_an_administrator_takes_everything_out(client: FlaskClient, locked: Locked) -> None:
    provider = locked.world.worker.organisation_id
    administrator = act_as(Role.ADMINISTRATOR, at=provider)
    refused = ask(client, locked.world.manager, "/api/organisation/exports")
    answer = ask(client, administrator, "/api/organisation/exports")
    run_due_jobs(at=datetime.now(UTC))
    done = json_of(client, f"/api/exports/{answer.json['export_id']}")
    file = client.get(done["file_url"])

    assert (refused.status_code, answer.status_code) == (403, 202)
    assert (done["kind"], done["state"]) == ("organisation", "done")
    names = zipfile.ZipFile(io.BytesIO(file.data)).namelist()
    assert {"tables/record.csv", "tables/person_details.csv", "README.txt", "SHA256SUMS"} <= set(names)


def test_a_schedule_is_handed_out_to_whoever_reads_the_claim(client: FlaskClient, locked: Locked) -> None:
    path = f"/api/claims/{locked.claim.id}/schedule.pdf"
    sign_in_as(client, locked.world.preparer)
    own = client.get(path)
    sign_in_as(client, locked.world.assessor)
    early = client.get(path)
    submit(locked)
    later = client.get(path)

    assert (own.status_code, own.mimetype) == (200, "application/pdf")
    assert "claim-schedule-" in own.headers["Content-Disposition"]
    assert (early.status_code, later.status_code) == (404, 200)


def test_a_journey_is_printed_under_its_reference_and_audited(
    client: FlaskClient, locked: Locked, renderer: PlainPress, session: Session
) -> None:
    path = f"/api/journeys/{locked.enrolments[0].id}.pdf"
    sign_in_as(client, locked.world.worker)
    standard, large = client.get(path), client.get(path, query_string={"print": "large"})
    faulty = [client.get(path, query_string=query).status_code for query in ({"print": "x"}, {"paper": "a5"})]
    sign_in_as(client, locked.world.approver)
    strange = client.get(path)

    assert (standard.status_code, standard.mimetype) == (200, "application/pdf")
    assert standard.headers["Content-Disposition"].startswith('attachment; filename="journey-WM-')
    assert standard.headers["Cache-Control"] == "no-store"
    assert [document.large_print for document in renderer.drawn] == [False, True]  # type: ignore[union-attr]
    assert large.headers["Content-Disposition"].endswith('-large-print.pdf"')
    assert (faulty, strange.status_code) == ([422, 422], 404)
    printed = session.scalars(select(AuditEvent.enrolment_id).where(AuditEvent.name == "journey-print.read"))
    assert printed.all() == [locked.enrolments[0].id] * 2


def test_a_statement_says_the_same_on_paper_and_as_a_table(
    client: FlaskClient, locked: Locked, renderer: PlainPress, session: Session
) -> None:
    submit(locked)
    first, second, *_ = lines_of(locked.claim.id)
    at = LOCKED_AT + timedelta(days=20)
    accept_line(locked.world.assessor, first.line_id, at=at)
    reject_line(
        locked.world.assessor,
        second.line_id,
        reason=RejectionReason.DATES_DISAGREE,
        words="=The letter names no day.",
        is_curable=True,
        at=at,
    )
    statement_id = session.scalars(select(Statement.id)).one()
    sign_in_as(client, locked.world.preparer)
    paper = client.get(f"/api/statements/{statement_id}.pdf")
    table = client.get(f"/api/statements/{statement_id}.csv")
    sign_in_as(client, act_as(Role.CLAIMS_PREPARER))
    strange = client.get(f"/api/statements/{statement_id}.pdf")

    rows = list(csv.DictReader(io.StringIO(table.data.decode("utf-8-sig"))))
    document: Any = renderer.drawn[-1]
    assert (paper.status_code, table.status_code, strange.status_code) == (200, 200, 404)
    assert sum(int(row["amount_pence"]) for row in rows) == document.balance_pence == 10_000
    assert [row["kind"] for row in rows] == ["payment", "rejected"]
    assert rows[1]["words"] == "'=The letter names no day."
    assert document.decided_pence("rejected") == 10_000
    assert document.source == table.data
