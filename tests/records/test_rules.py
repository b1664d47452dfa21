import hashlib
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from app.core.ids import new_id
from app.core.json import canonical
from app.records.models import RecordKind
from app.records.rules import EARLIEST_CLOCK, LATEST_CLOCK, Draft, content_hash, read_clock, text_digest

PLAIN = Draft(
    id=new_id(),
    enrolment_id=new_id(),
    occurred_on=date(2025, 3, 4),
    recorded_at=datetime(2025, 3, 4, 10, 41, 7, 5, tzinfo=UTC),
)
FULL = replace(
    PLAIN,
    recorded_at=datetime(2025, 7, 4, 11, 0, tzinfo=timezone(timedelta(hours=1))),
    clock_offset_seconds=90,
    supersedes_id=new_id(),
    is_withdrawn=True,
    detail={
        "scores": {"żal": None, "a": 3},
        "kind": RecordKind.CONTACT,
        "on": date(2025, 1, 1),
        "id": new_id(),
    },
    texts={"note": 'A "quoted" \\ word,\n\x00\x1f\x7f 😀', "Älter": "x"},
)


@pytest.mark.parametrize(("draft", "salt"), [(PLAIN, None), (FULL, None), (FULL, "ab" * 16)])
def test_a_records_hash_is_of_the_canonical_text_of_what_was_said(draft: Draft, salt: str | None) -> None:
    author_id = new_id()

    said = {
        "kind": RecordKind.MILESTONE,
        "id": draft.id,
        "author_id": author_id,
        "enrolment_id": draft.enrolment_id,
        "occurred_on": draft.occurred_on,
        "recorded_at": draft.said_at,
        "supersedes_id": draft.supersedes_id,
        "is_withdrawn": draft.is_withdrawn,
        "detail": dict(draft.detail),
        "texts": text_digest(draft.texts, salt) if salt else None,
    }

    expected = hashlib.sha256(canonical(said).encode()).hexdigest()
    assert content_hash(RecordKind.MILESTONE, author_id, draft, salt) == expected


@pytest.mark.parametrize(
    ("shown", "reckoned"),
    [
        ("2025-03-04T11:41:07+01:00", "2025-03-04T10:41:07+00:00"),
        ("+010025-11-22T10:00:00.000Z", "2073-09-23T10:00:00+00:00"),
        ("2099-11-22T10:00:00Z", "2071-11-22T10:00:00+00:00"),
        ("1904-01-01T00:00:00Z", "1988-01-01T00:00:00+00:00"),
        ("-000001-01-01T00:00:00.000Z", "1987-01-16T00:00:00+00:00"),
    ],
)
def test_a_clock_of_any_year_is_reckoned_with_as_the_tablet_does(shown: str, reckoned: str) -> None:
    assert read_clock(shown).isoformat() == reckoned


@pytest.mark.parametrize(
    "shown",
    [
        "+275760-09-13T00:00:00.000Z",
        "-271821-04-20T00:00:00.000Z",
        "0000-02-29T00:00:00.000Z",
        "0001-01-01T00:00:00+12:00",
        "9999-12-31T23:59:59-12:00",
        "1970-01-01T00:00:00+01:00",
    ],
)
def test_no_clock_is_beyond_reach(shown: str) -> None:
    assert EARLIEST_CLOCK <= read_clock(shown) < LATEST_CLOCK


@pytest.mark.parametrize(
    "shown", ["2025-03-04T10:41:07", "+010025-02-30T00:00:00Z", "+999-01-01T00:00:00Z", ""]
)
def test_what_is_no_moment_is_none(shown: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        read_clock(shown)
