"""Looking for queues that may be lost: each cause opens one case, once, and closes it when it is gone."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any

from sqlalchemy import select

from app.audit.actions import trace
from app.core.database import transaction
from app.core.ids import new_id
from app.core.json import insert_rows, to_wire
from app.devices.models import CaseKind, DeviceCase, DeviceOutbox
from app.devices.rules import is_filled, old_gaps
from app.organisations.models import Organisation


@dataclass(frozen=True)
class Finding:
    """A reason to open a case."""

    outbox: DeviceOutbox
    kind: CaseKind
    key: str
    detail: dict[str, Any]


def review_devices(*, at: datetime) -> int:
    """Open a case for each gap of 48 hours, change of epoch and silent device; close those that are over.

    Returns:
        How many were opened.
    """
    with transaction() as session:
        rows = session.execute(
            select(DeviceOutbox, Organisation.kept_days)
            .join(Organisation, Organisation.id == DeviceOutbox.organisation_id)
            .order_by(DeviceOutbox.device_id, DeviceOutbox.user_id, DeviceOutbox.epoch)
        ).all()
        findings = [
            finding
            for _, group in groupby(rows, key=lambda row: (row[0].device_id, row[0].user_id))
            for finding in _findings(list(group), at)
        ]
        made = insert_rows(session, DeviceCase, [_row(one, at) for one in findings])
        for case in session.scalars(select(DeviceCase).where(DeviceCase.id.in_(made))):
            trace(None, "device-case.opened", at=at, subject_id=case.id, kind=case.kind.value)
        _close_over({(row[0].device_id, row[0].user_id, row[0].epoch): row[0] for row in rows}, at)
    return len(made)


def _findings(group: Sequence[Any], at: datetime) -> Iterator[Finding]:
    """Yield what is wrong with one person's outboxes on one device, oldest epoch first."""
    former: DeviceOutbox | None = None
    for outbox, kept_days in group:
        for first, last, since in old_gaps(outbox.missing, at):
            detail = {
                "epoch": outbox.epoch,
                "first": first,
                "last": last,
                "count": last - first + 1,
                "since": since,
            }
            yield Finding(outbox, CaseKind.SEQUENCE_GAP, f"{outbox.epoch}:{first}", detail)
        if former is not None:
            yield Finding(outbox, CaseKind.EPOCH_CHANGE, f"{outbox.epoch}", _change(former, outbox))
        if outbox.doubled_count:
            detail = {"epoch": outbox.epoch, "doubled": outbox.doubled_count}
            yield Finding(outbox, CaseKind.EPOCH_CHANGE, f"{outbox.epoch}:doubled", detail)
        if outbox.pending and outbox.last_contact_at <= at - timedelta(days=kept_days):
            silent = {"pending": outbox.pending, "last_contact_at": to_wire(outbox.last_contact_at)}
            yield Finding(outbox, CaseKind.SILENT, to_wire(outbox.last_contact_at), silent)
        former = outbox


def _change(former: DeviceOutbox, outbox: DeviceOutbox) -> dict[str, Any]:
    return {
        "epoch": outbox.epoch,
        "former_epoch": former.epoch,
        "former_last_sequence": former.last_sequence,
        "former_pending": former.pending,
        "lost": outbox.lost,
    }


def _row(finding: Finding, at: datetime) -> dict[str, Any]:
    return {
        "id": new_id(),
        "organisation_id": finding.outbox.organisation_id,
        "device_id": finding.outbox.device_id,
        "user_id": finding.outbox.user_id,
        "kind": finding.kind,
        "key": finding.key,
        "detail": finding.detail,
        "opened_at": at,
        "closed_at": None,
        "closed_by_id": None,
        "reason": None,
    }


def _close_over(outboxes: dict[Any, DeviceOutbox], at: datetime) -> None:
    """Close the cases whose gap was filled, or whose device was heard of again."""
    with transaction() as session:
        for case in session.scalars(select(DeviceCase).where(DeviceCase.closed_at.is_(None))):
            if _is_over(case, outboxes):
                case.closed_at = at
                trace(None, "device-case.over", at=at, subject_id=case.id, kind=case.kind.value)


def _is_over(case: DeviceCase, outboxes: dict[Any, DeviceOutbox]) -> bool:
    if case.kind is CaseKind.SEQUENCE_GAP:
        outbox = outboxes.get((case.device_id, case.user_id, case.detail["epoch"]))
        return outbox is not None and is_filled(case.detail, outbox.missing)
    if case.kind is CaseKind.SILENT:
        seen = [
            to_wire(outbox.last_contact_at)
            for (device_id, user_id, _), outbox in outboxes.items()
            if (device_id, user_id) == (case.device_id, case.user_id)
        ]
        return any(moment > case.key for moment in seen)
    return False
