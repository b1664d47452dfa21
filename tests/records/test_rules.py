import hashlib
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from app.core.ids import new_id
from app.core.json import canonical
from app.records.models import RecordKind
from app.records.rules import Draft, content_hash, text_digest

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
