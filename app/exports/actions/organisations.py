"""Everything that one organisation owns, as files in one archive."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any, BinaryIO

from app.audit.actions import trace
from app.core.csv import csv_chunks
from app.core.database import db
from app.core.json import canonical, to_wire
from app.core.permissions import Actor, require
from app.core.storage import Storage
from app.exports import policies
from app.exports.queries.owned import (
    count_restricted,
    files_of,
    owned_tables,
    rows_of,
)
from app.exports.rules.archives import Archive
from app.exports.rules.pack import file_name
from app.organisations.models import Organisation
from app.records.rules import london_day

Progress = Callable[[int, int], None]
FILES_A_STEP = 20
_ENDINGS = {"image/jpeg": ".jpg", "image/png": ".png", "application/pdf": ".pdf"}

README = """\
Everything that {name} owns in Waymark, taken out on {day}.

tables/*.csv   One file a table, in UTF-8 (RFC 4180), the first row names the columns. Ids are UUIDs and
               join the tables; times are UTC; amounts are pence; lists and objects are JSON in their cell.
               A cell that a spreadsheet would run as a formula has an apostrophe in front.
files/         The evidence files, each named by the id of its row in tables/stored_file.csv, whose
               kept_sha256 is the SHA-256 of the file.
SHA256SUMS     The SHA-256 of every file here. To check: sha256sum --check SHA256SUMS

Whose what is: what a provider recorded is the provider's. People, price lists, claims and money stand on a
contract and are its prime's, and each provider's as far as they are about its own people. A commissioner
has the claims that were submitted to it.

Not here: passwords, sessions and invitations; work in hand; documents that Waymark draws anew from what is
here; National Insurance numbers, which are handed out in identity sheets only; and who a restricted person
is, with what was written about them ({restricted} people): that is asked for by those who may see them.
"""


MISSING = "files/MISSING.txt"


def write_organisation(
    stream: BinaryIO,
    actor: Actor | None,
    organisation: Organisation,
    storage: Storage,
    *,
    at: datetime,
    progress: Progress,
) -> dict[str, int]:
    """Write an organisation's archive and return how many rows, files and missing files there are.

    Args:
        stream: Where to.
        actor: For whom; None for the keeper of the installation.
        organisation: Whose.
        storage: Where its evidence files are kept.
        at: Now.
        progress: Told how far it is.

    Raises:
        Forbidden: the actor is no administrator there any more.
    """
    if actor is not None:
        require(policies.can_export_organisation, actor, organisation.id)
    tables = list(owned_tables(organisation.id))
    files = files_of(organisation.id)
    total = len(tables) + len(files)
    counted = _Counted()
    with Archive(stream) as archive:
        for done, owned in enumerate(tables):
            progress(done, total)
            rows = counted(rows_of(owned))
            archive.add_pieces(f"tables/{owned.name}.csv", csv_chunks(owned.columns, rows))
            db.session().rollback()
        missing: list[str] = []
        for done, (file_id, media_type, key) in enumerate(files):
            if done % FILES_A_STEP == 0:
                progress(len(tables) + done, total)
            name = f"files/{file_id}{_ENDINGS.get(media_type, '.bin')}"
            if storage.has(key):
                archive.add_pieces(name, storage.stream(key))
            else:
                missing.append(name)
        if missing:
            archive.add(MISSING, "".join(f"{name}\n" for name in missing).encode())
        about = {
            "name": organisation.name,
            "day": london_day(at).isoformat(),
            "restricted": count_restricted(organisation.id),
        }
        archive.add("README.txt", README.format(**about).encode())
        archive.add_sums()
    written = {"rows": counted.count, "files": len(files), "missing": len(missing)}
    trace(actor, "organisation.exported", at=at, subject_id=organisation.id, counts=written)
    return written


def organisation_file_name(organisation: Organisation, at: datetime) -> str:
    """Return the name under which an organisation's archive is handed out."""
    return f"waymark-{file_name(organisation.short_name)}-{london_day(at).isoformat()}.zip"


class _Counted:
    """Passes rows on as cells, and counts them."""

    def __init__(self) -> None:
        self.count = 0

    def __call__(self, rows: Iterable[Sequence[Any]]) -> Iterator[Sequence[Any]]:
        for row in rows:
            self.count += 1
            yield tuple(map(_cell, row))


def _cell(value: Any) -> Any:
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return value
    return canonical(value) if isinstance(value, dict | list) else to_wire(value)
