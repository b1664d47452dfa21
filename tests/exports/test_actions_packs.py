"""Packs: what they hold, that their sums agree, that they come out the same, and that they name nobody."""

import csv
import hashlib
import io
import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.audit.models import AuditEvent
from app.claims.queries.lines import sums_of
from app.core.database import transaction
from app.core.errors import Forbidden
from app.core.permissions import Role
from app.exports.actions.lines import Press, render_lines
from app.exports.models import LineDocument
from app.participants.models import Participant
from tests.builders import act_as
from tests.exports.builders import (
    LOCKED_AT,
    NAMES,
    NINOS,
    Locked,
    files_of,
    ignore,
    make_locked,
    pack_of,
    plain_press,
    submit,
)


@pytest.fixture
def locked(session: Session) -> Locked:
    return make_locked()


@pytest.fixture
def press(app: Flask) -> Press:
    return plain_press()


def test_a_pack_holds_every_file_and_the_hash_of_each(locked: Locked, press: Press) -> None:
    files = files_of(pack_of(locked, press))
    label = locked.claim.label
    manifest = json.loads(files["manifest.json"])

    assert sorted(files) == sorted(
        [
            "README.txt",
            "SHA256SUMS",
            "claim-schedule.csv",
            "claim-schedule.pdf",
            "identity/identity-sheet.csv",
            "identity/identity-sheet.pdf",
            "lines.jsonl",
            "manifest.json",
            "records.jsonl",
            *(f"lines/{label}-{number:03d}.pdf" for number in range(1, 7)),
        ]
    )
    for entry in manifest["files"]:
        content = files[entry["path"]]
        assert (hashlib.sha256(content).hexdigest(), len(content)) == (entry["sha256"], entry["size_bytes"])
    listed = {entry["path"] for entry in manifest["files"]}
    assert listed == set(files) - {"manifest.json", "SHA256SUMS"}
    rows = (row.split("  ") for row in files["SHA256SUMS"].decode().splitlines())
    sums = {name: digest for digest, name in rows}
    assert sums == {
        name: hashlib.sha256(content).hexdigest() for name, content in files.items() if name != "SHA256SUMS"
    }


def test_screen_csv_pdf_json_and_manifest_agree_to_the_penny(locked: Locked, press: Press) -> None:
    files = files_of(pack_of(locked, press))
    sums = sums_of(locked.claim.id)
    rows = list(csv.DictReader(io.StringIO(files["claim-schedule.csv"].decode("utf-8-sig"))))
    lines = [json.loads(row) for row in files["lines.jsonl"].decode().splitlines()]
    manifest = json.loads(files["manifest.json"])
    renderer: Any = press.renderer
    schedule = next(document for document in renderer.drawn if document.kind == "schedule")

    found = [
        (
            len(rows),
            sum(int(r["price_pence"]) for r in rows),
            sum(int(r["provider_share_pence"]) for r in rows),
        ),
        (len(lines), sum(x["price_pence"] for x in lines), sum(x["provider_share_pence"] for x in lines)),
        (
            len(manifest["lines"]),
            sum(x["price_pence"] for x in manifest["lines"]),
            sum(x["provider_share_pence"] for x in manifest["lines"]),
        ),
        tuple(manifest["totals"][name] for name in ("lines", "amount_pence", "provider_share_pence")),
        (len(schedule.lines), schedule.whole.amount_pence, schedule.whole.provider_pence),
    ]
    assert set(found) == {(sums.line_count, sums.amount_pence, sums.provider_share_pence)}
    assert sums == type(sums)(6, 6 * 10_000, 6 * 8_000)
    assert [row["record_sha256"] for row in rows] == [
        hashlib.sha256(text.encode()).hexdigest() for text in files["lines.jsonl"].decode().splitlines()
    ]
    assert [x["frozen_sha256"] for x in manifest["lines"]] == [row["record_sha256"] for row in rows]


def test_the_same_content_twice_gives_the_same_bytes(locked: Locked, press: Press) -> None:
    first = pack_of(locked, press)

    assert pack_of(locked, press, at=LOCKED_AT + timedelta(days=3)) == first
    assert pack_of(locked, press, actor=None) == first


def test_another_state_gives_another_pack(locked: Locked, press: Press) -> None:
    first = pack_of(locked, press)
    submit(locked)

    assert pack_of(locked, press) != first


def test_names_and_numbers_stand_in_the_identity_folder_alone(locked: Locked, press: Press) -> None:
    files = files_of(pack_of(locked, press))
    secret = [part.casefold() for names in NAMES[:3] for part in names] + [n.casefold() for n in NINOS[:3]]
    open_files = {name: content for name, content in files.items() if not name.startswith("identity/")}

    for name, content in open_files.items():
        text = (name + content.decode()).casefold()
        assert [word for word in secret if word in text] == []
    sheet = files["identity/identity-sheet.csv"].decode("utf-8-sig")
    assert all(word in sheet.casefold() for word in secret)
    assert "'=HYPERLINK(1)" in sheet


def test_a_pack_speaks_the_language_of_whoever_asked(locked: Locked, press: Press) -> None:
    files = files_of(pack_of(locked, press, actor=replace(locked.world.approver, language="cy")))
    line = next(content for name, content in files.items() if name.startswith("lines/"))

    assert files["README.txt"].decode().startswith("Pecyn tystiolaeth ar gyfer hawliad ")
    assert "Ar agor wrth gloi" in line.decode()
    assert files["lines.jsonl"] == files_of(pack_of(locked, press))["lines.jsonl"]


def test_records_say_which_lines_they_serve(locked: Locked, press: Press) -> None:
    files = files_of(pack_of(locked, press))
    records = [json.loads(row) for row in files["records.jsonl"].decode().splitlines()]
    lines = [json.loads(row) for row in files["lines.jsonl"].decode().splitlines()]

    assert len({record["id"] for record in records}) == len(records)
    assert sum(len(record["lines"]) for record in records) == sum(
        len(line["records"]) + len(line["evidence"]) for line in lines
    )
    ids = {record["id"] for record in records}
    assert {record["supports"] for record in records if record["record"] == "evidence"} <= ids
    assert {"occurred_on", "recorded_at", "received_at", "sha256", "mark"} <= set(
        next(record for record in records if record["record"] == "milestone")
    )


def test_without_the_identity_sheet_nobody_is_named(locked: Locked, press: Press, session: Session) -> None:
    files = files_of(pack_of(locked, press, with_identity=False))

    assert not [name for name in files if name.startswith("identity/")]
    assert "Not in this pack" in files["README.txt"].decode()
    assert session.scalars(select(AuditEvent.id).where(AuditEvent.name == "nino.revealed")).all() == []


def test_each_number_revealed_leaves_a_row(locked: Locked, press: Press, session: Session) -> None:
    pack_of(locked, press)

    names = session.scalars(select(AuditEvent.name).order_by(AuditEvent.id)).all()
    assert names.count("nino.revealed") == 3
    assert names[-1] == "claim.pack-made"


def test_a_restricted_person_is_not_named_in_bulk(locked: Locked, press: Press) -> None:
    with transaction() as session:
        session.execute(
            update(Participant)
            .where(Participant.id == locked.enrolments[0].participant_id)
            .values(is_restricted=True)
        )

    sheet = files_of(pack_of(locked, press))["identity/identity-sheet.csv"].decode()

    assert "Zebediah" not in sheet
    assert "QQ123456C" not in sheet
    assert "Held apart" in sheet
    assert "Llewellyn" in sheet


def test_whoever_lost_the_role_gets_no_pack(locked: Locked, press: Press) -> None:
    stranger = act_as(Role.CLAIMS_APPROVER)

    with pytest.raises(Forbidden):
        pack_of(locked, press, actor=stranger)


def test_lines_are_drawn_once_and_a_cut_try_goes_on(locked: Locked, press: Press, session: Session) -> None:
    class Cut(Exception):
        """The worker ends."""

    def cut(done: int, _total: int) -> None:
        if done == 2:
            raise Cut

    with pytest.raises(Cut):
        render_lines(press, locked.claim.id, at=LOCKED_AT, progress=cut)
    seen: list[tuple[int, int]] = []
    made = render_lines(press, locked.claim.id, at=LOCKED_AT, progress=lambda *told: seen.append(told))

    assert made == 4
    assert (seen[0], seen[-1]) == ((2, 6), (6, 6))
    assert render_lines(press, locked.claim.id, at=LOCKED_AT, progress=ignore) == 0
    documents = session.scalars(select(LineDocument)).all()
    assert len(documents) == 6
    for document in documents:
        kept = press.storage.get(LineDocument.key_of(document.id))
        assert hashlib.sha256(kept).hexdigest() == document.sha256


def test_a_document_whose_file_is_gone_is_drawn_anew(locked: Locked, press: Press, session: Session) -> None:
    first = pack_of(locked, press)
    document = session.scalars(select(LineDocument)).first()
    assert document is not None
    press.storage.delete(LineDocument.key_of(document.id))

    assert pack_of(locked, press) == first
    assert press.storage.has(LineDocument.key_of(document.id))
