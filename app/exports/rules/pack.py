"""What stands in an evidence pack besides the papers: records, rule inputs, and how to check it."""

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from app.core.json import canonical
from app.exports.rules.archives import Entry

FORMAT = "waymark-pack-1"
OUTSIDE_VERIFIER = "Outside verifier"  # as frozen into a line's people
_NOT_IN_A_NAME = re.compile(r"[^A-Za-z0-9._-]+")

ABOUT = {
    "README.txt": "What each file is, and how to check it",
    "claim-schedule.csv": "Every line of the claim",
    "claim-schedule.pdf": "The same lines with sums, to read; the CSV is attached to it",
    "identity/identity-sheet.csv": "Names behind the references: keep apart",
    "identity/identity-sheet.pdf": "The same, to read: keep apart",
    "lines.jsonl": "The frozen text of every line, one a row",
    "records.jsonl": "Each record that a line rests on, one a row",
}

README = """\
Evidence pack for claim {claim}
{contract}: {prime} to {commissioner}
{lines} lines, {amount_pence} pence claimed

claim-schedule.pdf   The claim to read: sums, what was left out, every line.
claim-schedule.csv   The same lines as a table. UTF-8, RFC 4180; amounts are pence.
lines/               One PDF a line: what is claimed, the conditions and what meets them, the records with
                     their three times, the evidence with its hashes, who did what. The line's frozen text
                     is attached to it as claim-line.json.
lines.jsonl          The frozen text of every line, one a row. The SHA-256 of a row (without its line end) is
                     the record_sha256 of that line in claim-schedule.csv.
records.jsonl        Each record that a line rests on, once, with the lines that it serves.
manifest.json        Each file's SHA-256 and size; each line's price, rule and inputs; totals; the version of
                     Waymark that made this.
SHA256SUMS           The hashes again, as sha256sum reads them.
{identity}

Everything outside identity/ is pseudonymous: people and staff stand there by reference.
Photographs and documents are not in this pack. They are sent for the lines that are drawn as a sample; their
hashes are here, so that what is sent later can be held against them. Lines that were verified from outside
the provider are always sampled: manifest.json marks them.

To check it without Waymark
1  sha256sum --check SHA256SUMS
2  qpdf --check claim-schedule.pdf lines/*.pdf
3  python3, ten lines, in docs/evidence-pack.md of Waymark's source: every row of lines.jsonl has the hash
   that the schedule names, and the prices add up to {amount_pence} pence.
"""

WITH_IDENTITY = """\
identity/            Who the references are: names, birth dates, National Insurance numbers. Take this folder
                     out before you pass the rest on; only SHA256SUMS and manifest.json still speak of it."""
WITHOUT_IDENTITY = """\
(identity/           Not in this pack: it was made without the identity sheet.)"""

README_IN_WELSH = """\
Pecyn tystiolaeth ar gyfer hawliad {claim}
{contract}: {prime} i {commissioner}
{lines} o linellau, {amount_pence} o geiniogau wedi’u hawlio

claim-schedule.pdf   Yr hawliad i’w ddarllen: symiau, yr hyn a adawyd allan, pob llinell.
claim-schedule.csv   Yr un llinellau fel tabl. UTF-8, RFC 4180; ceiniogau yw’r symiau.
lines/               Un PDF i bob llinell: yr hyn a hawlir, yr amodau a’r hyn sy’n eu bodloni, y cofnodion
                     gyda’u tri amser, y dystiolaeth gyda’i hashes, pwy wnaeth beth. Mae testun rhewedig y
                     llinell ynghlwm fel claim-line.json.
lines.jsonl          Testun rhewedig pob llinell, un i bob rhes. SHA-256 rhes (heb ei diwedd llinell) yw
                     record_sha256 y llinell honno yn claim-schedule.csv.
records.jsonl        Pob cofnod y mae llinell yn seiliedig arno, unwaith, gyda’r llinellau y mae’n eu cefnogi.
manifest.json        SHA-256 a maint pob ffeil; pris, rheol a mewnbynnau pob llinell; cyfansymiau; y fersiwn o
                     Waymark a wnaeth hwn.
SHA256SUMS           Yr hashes eto, fel y mae sha256sum yn eu darllen.
{identity}

Mae popeth y tu allan i identity/ dan ffugenw: cyfeirnodau sydd yno yn lle enwau pobl a staff.
Nid yw ffotograffau na dogfennau yn y pecyn hwn. Fe’u hanfonir ar gyfer y llinellau a dynnir yn sampl; mae eu
hashes yma, er mwyn cymharu’r hyn a anfonir wedyn â nhw. Samplir bob amser y llinellau a ddilyswyd o’r tu
allan i’r darparwr: mae manifest.json yn eu marcio.

I’w wirio heb Waymark
1  sha256sum --check SHA256SUMS
2  qpdf --check claim-schedule.pdf lines/*.pdf
3  python3, deg llinell, yn docs/evidence-pack.md yng nghod Waymark: mae gan bob rhes o lines.jsonl yr hash y
   mae’r atodlen yn ei enwi, ac {amount_pence} o geiniogau yw cyfanswm y prisiau.
"""

WITH_IDENTITY_IN_WELSH = """\
identity/            Pwy yw’r cyfeirnodau: enwau, dyddiadau geni, rhifau Yswiriant Gwladol. Tynnwch y ffolder
                     hwn allan cyn anfon y gweddill; SHA256SUMS a manifest.json yn unig sy’n sôn amdano."""
WITHOUT_IDENTITY_IN_WELSH = """\
(identity/           Nid yw yn y pecyn hwn: fe’i gwnaed heb y daflen adnabod.)"""

READMES = {"en": README, "cy": README_IN_WELSH}
IDENTITY = {
    "en": (WITH_IDENTITY, WITHOUT_IDENTITY),
    "cy": (WITH_IDENTITY_IN_WELSH, WITHOUT_IDENTITY_IN_WELSH),
}


def file_name(text: str) -> str:
    """Return a text as part of a file's name: plain letters, digits, dots and dashes."""
    return _NOT_IN_A_NAME.sub("-", text).strip("-.") or "unnamed"


def pack_file_name(claim_label: str) -> str:
    """Return the name under which a claim's pack is handed out."""
    return f"evidence-pack-{file_name(claim_label)}.zip"


def line_path(label: str) -> str:
    """Return where a line's PDF lies: ``lines/NME-2025-03-1-017.pdf``."""
    return f"lines/{file_name(label)}.pdf"


class RecordsBook:
    """Which lines each record serves; holds ids and labels only, whatever the size of the claim."""

    def __init__(self) -> None:
        self._serves: dict[str, list[dict[str, str]]] = {}
        self._told: set[str] = set()

    def note(self, line: Mapping[str, Any]) -> None:
        """Note the records of a line."""
        for part in (*line["records"], *line["evidence"]):
            self._serves.setdefault(part["id"], []).append({"line": line["line"], "ref": part["ref"]})

    def rows(self, line: Mapping[str, Any]) -> Iterator[bytes]:
        """Yield a line's records that no earlier line told of, as JSON rows."""
        ids = {part["ref"]: part["id"] for part in (*line["records"], *line["evidence"])}
        for part in (*line["records"], *line["evidence"]):
            if part["id"] in self._told:
                continue
            self._told.add(part["id"])
            row = {key: value for key, value in part.items() if key != "ref"}
            if "supports" in row:
                row["supports"] = ids.get(row["supports"])
            row["record"] = "evidence" if part["ref"].startswith("E") else row["kind"]
            row["lines"] = self._serves[part["id"]]
            yield canonical(row).encode() + b"\n"


def manifest_line(line: Mapping[str, Any], frozen_sha256: str) -> dict[str, Any]:
    """Return what the manifest says of a line: price, rule and inputs, and where its papers are."""
    inputs = ("rate", "rule", "card", "card_version", "card_sha256", "occurrence", "price_of", "person")
    return {
        "line": line["line"],
        **{name: line[name] for name in inputs},
        "price_pence": line["price_pence"],
        "provider_share_pence": line["provider_share_pence"],
        "claimable_from": line["claimable_from"],
        "window_closes_on": line["window_closes_on"],
        "conditions": [{key: one[key] for key in ("code", "met", "found")} for one in line["conditions"]],
        "frozen_sha256": frozen_sha256,
        "document": line_path(line["line"]),
        "always_sampled": any(act["role"] == OUTSIDE_VERIFIER for act in line["people"]),
    }


def manifest_pieces(
    head: Mapping[str, Any], files: Iterable[Entry], lines: Iterable[Mapping[str, Any]]
) -> Iterator[bytes]:
    """Yield the manifest, one line of the claim at a time."""
    opened = json.dumps(head, ensure_ascii=False, indent=1, sort_keys=True)
    listed = [
        {
            "path": entry.path,
            "sha256": entry.sha256,
            "size_bytes": entry.size_bytes,
            "about": ABOUT.get(entry.path, "One line of the claim"),
        }
        for entry in sorted(files, key=lambda one: one.path)
    ]
    yield opened.rstrip()[:-1].rstrip().encode() + b',\n "files": [\n  '
    yield b",\n  ".join(canonical(entry).encode() for entry in listed)
    yield b'\n ],\n "lines": ['
    for number, line in enumerate(lines):
        yield (b",\n  " if number else b"\n  ") + canonical(line).encode()
    yield b"\n ]\n}\n"


def sha256_of(text: str) -> str:
    """Return the SHA-256 of a text in UTF-8, hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()
