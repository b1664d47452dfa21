"""The words the demo world is made of, read from `library/pools.yaml`."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from app.core.yaml import read_shipped

LIBRARY = Path(__file__).parent / "library"


def pools() -> Mapping[str, Any]:
    """Return the pools by name; the order of each list matters to the seed."""
    found: Mapping[str, Any] = read("pools")
    return found


@cache
def read(name: str) -> Any:
    """Return one file of the library."""
    return read_shipped(LIBRARY / f"{name}.yaml")
