"""Packs with their real papers: what is attached, what is printed, and that no word reaches out."""

import io
import subprocess
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import update
from sqlalchemy.orm import Session

from app.claims.actions.locking import lock_claim, unlock_claim
from app.contracts.models import Contract
from app.core.database import transaction
from app.exports.actions.journeys import print_journey
from app.exports.actions.lines import Press
from app.exports.documents.renderer import Renderer
from app.organisations.models import Organisation
from app.participants.models import PersonDetails
from app.ratecards.models import Rate
from tests.exports.builders import LOCKED_AT, files_of, make_locked, pack_of, storage_of
from tests.exports.test_documents_hostile import PAYLOADS


def test_the_real_pdfs_carry_the_frozen_text_and_name_nobody(
    app: Flask, session: Session, tmp_path: Any
) -> None:
    import pikepdf

    locked = make_locked(people=1)
    with Renderer() as renderer:
        press = Press(renderer, storage_of(app))
        pack = pack_of(locked, press)
        again = pack_of(locked, Press(renderer, storage_of(app)))
    files = files_of(pack)
    frozen = files["lines.jsonl"].decode().splitlines()
    papers = sorted(name for name in files if name.startswith("lines/"))

    assert again == pack
    for name, text in zip(papers, frozen, strict=True):
        with pikepdf.open(io.BytesIO(files[name])) as pdf:
            (attached,) = pdf.attachments.values()
            assert attached.get_file().read_bytes() == text.encode()
    with pikepdf.open(io.BytesIO(files["claim-schedule.pdf"])) as pdf:
        (attached,) = pdf.attachments.values()
        assert attached.get_file().read_bytes() == files["claim-schedule.csv"]
    for name in [*papers, "claim-schedule.pdf", "identity/identity-sheet.pdf"]:
        path = tmp_path / "paper.pdf"
        path.write_bytes(files[name])
        text = subprocess.run(
            ["pdftotext", "-layout", path, "-"], capture_output=True, check=True
        ).stdout.decode()
        assert ("Quillfeather" in text) is name.startswith("identity/")
        assert subprocess.run(["qpdf", "--check", path], capture_output=True, check=False).returncode == 0


def test_hostile_words_reach_no_address_through_the_whole_pipeline(
    app: Flask, session: Session, tmp_path: Path
) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("CANARY-88c1")
    asked: list[str] = []

    class Counting(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(404)
            self.end_headers()

        def log_message(self, format: str, *arguments: Any) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Counting)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    host = f"127.0.0.1:{server.server_port}"
    fill = {"web": f"http://{host}", "host": host, "file": secret.as_uri()}
    words = [payload.format(**fill) for payload in PAYLOADS.values() if "\ud800" not in payload]
    words = [text.replace("\x00", "") for text in words if len(text) < 1000]
    assert len(words) >= 22
    locked = make_locked(people=1, milestones=1)
    everything = " ".join(words)
    with transaction() as open_session:
        open_session.execute(
            update(PersonDetails)
            .where(PersonDetails.id == locked.enrolments[0].participant_id)
            .values(given_name=everything, family_name=everything)
        )
        open_session.execute(update(Organisation).values(short_name=Organisation.short_name + everything))
        open_session.execute(update(Contract).values(title=everything))
        open_session.execute(update(Rate).values(title=everything))
    unlock_claim(locked.world.preparer, locked.claim.id, at=LOCKED_AT)
    lock_claim(locked.world.preparer, locked.claim.id, at=LOCKED_AT)
    try:
        with Renderer() as renderer:
            files = files_of(pack_of(locked, Press(renderer, storage_of(app))))
            _, journey = print_journey(
                locked.world.worker, locked.enrolments[0].id, renderer, large_print=False, at=LOCKED_AT
            )
    finally:
        server.shutdown()
        server.server_close()
        thread.join()

    papers = [content for name, content in files.items() if name.endswith(".pdf")]
    assert (len(papers), asked) == (3, [])
    for content in (*papers, journey):
        path = tmp_path / "paper.pdf"
        path.write_bytes(content)
        plain = subprocess.run(["qpdf", "--qdf", path, "-"], capture_output=True, check=False).stdout
        assert b"CANARY-88c1" not in plain
