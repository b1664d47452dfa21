"""The schedule of a claim as CSV: one row a line, from the one selection."""

from collections.abc import Iterable, Iterator
from typing import Any

from app.core.csv import csv_chunks

HEADER = (
    "claim",
    "line",
    "person",
    "provider",
    "rate",
    "rate_title",
    "occurrence",
    "claimable_from",
    "closes_on",
    "state",
    "price_pence",
    "provider_share_pence",
    "record_sha256",
    "verified_outside",
)


def schedule_csv(lines: Iterable[Any]) -> Iterator[bytes]:
    """Yield the schedule of a claim's lines in pieces."""
    return csv_chunks(
        HEADER,
        (
            (
                line.claim,
                line.number,
                line.person,
                line.provider,
                line.rate_code,
                line.rate_title,
                line.occurrence,
                line.claimable_from,
                line.closes_on,
                line.state.value,
                line.price_pence,
                line.provider_share_pence,
                line.frozen_sha256,
                "yes" if line.verified_outside else "no",
            )
            for line in lines
        ),
    )
