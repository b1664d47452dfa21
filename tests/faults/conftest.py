"""Here PostgreSQL writes as it does in earnest."""

from collections.abc import Iterator

import pytest

from tests.conftest import Databases


@pytest.fixture(scope="session")
def databases(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Databases]:
    """Give databases that wait for the disk."""
    made = Databases(tmp_path_factory, durable=True)
    yield made
    made.close()
