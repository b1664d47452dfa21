import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import select

from app.core.model import alias_of
from app.records.models import Record

THREADS = 8


@pytest.fixture
def _threads_that_take_turns_often() -> Iterator[None]:
    usual = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(usual)


@pytest.mark.usefixtures("_threads_that_take_turns_often")
def test_an_alias_is_whole_for_every_thread_that_uses_it_first() -> None:
    together = Barrier(THREADS)

    def write_out(other: type[Record]) -> str:
        together.wait()
        return str(select(other.id, other.enrolment_id, other.kind).where(other.root_id == Record.id))

    with ThreadPoolExecutor(THREADS) as threads:
        for _ in range(60):
            written = set(threads.map(write_out, [alias_of(Record)] * THREADS))

            assert len(written) == 1
            assert "SELECT record_1.id, record_1.enrolment_id, record_1.kind" in written.pop()
