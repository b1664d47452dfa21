"""What is kept of a file is only its content; what does more than show itself is not kept."""

import io
import resource

import pikepdf
import pytest
from PIL import Image

from app.evidence.errors import REFUSALS
from app.evidence.rules.inspection import BYTES_MAX, Unacceptable, inspect_file
from tests.evidence.hostile import HOSTILE, document, picture, picture_with_a_place

CANARIES = (b"CANARY", b"<script", b"<html", b"PK\x03\x04", b"alert(")


def cpu_seconds() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_or_made_harmless(name: str) -> None:
    make, expected = HOSTILE[name]
    content, before = make(), cpu_seconds()

    if expected is None:
        inspected, kept = inspect_file(content)
        assert inspected.media_type in {"image/jpeg", "image/png", "application/pdf"}
        assert not [canary for canary in CANARIES if canary in kept]
    else:
        assert expected in REFUSALS
        with pytest.raises(Unacceptable, match=f"^{expected}$"):
            inspect_file(content)
    # The processor's time is bounded; the clock on the wall is not ours on a shared machine.
    assert cpu_seconds() - before < 2.5


def test_there_are_enough_hostile_files() -> None:
    assert len(HOSTILE) >= 40


@pytest.mark.parametrize(
    ("kind", "media_type"), [("JPEG", "image/jpeg"), ("PNG", "image/png"), ("HEIF", "image/jpeg")]
)
def test_a_picture_is_encoded_anew(kind: str, media_type: str) -> None:
    inspected, kept = inspect_file(picture(kind))

    assert (inspected.media_type, inspected.width, inspected.height) == (media_type, 64, 48)
    with Image.open(io.BytesIO(kept)) as image:
        assert image.size == (64, 48)


def test_a_turned_picture_stands_upright_and_forgets_where_it_was_taken() -> None:
    inspected, kept = inspect_file(picture_with_a_place())

    assert (inspected.width, inspected.height) == (48, 64)
    with Image.open(io.BytesIO(kept)) as image:
        assert not image.getexif()
        assert set(image.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}


def test_a_large_picture_is_made_smaller() -> None:
    inspected, _ = inspect_file(picture(size=(5_000, 1_000)))

    assert inspected.width is not None
    assert inspected.width <= 4_000


def test_a_document_keeps_its_pages_and_loses_who_wrote_it() -> None:
    def sign(pdf: pikepdf.Pdf) -> None:
        pdf.docinfo["/Author"] = "AUTHOR-CANARY"

    inspected, kept = inspect_file(document(sign))

    assert (inspected.media_type, inspected.pages) == ("application/pdf", 1)
    assert b"CANARY" not in kept


def test_a_file_above_the_limit_is_not_even_read() -> None:
    with pytest.raises(Unacceptable, match="file-too-large"):
        inspect_file(b"\xff" * (BYTES_MAX + 1))
