"""Taking in referral lists: a preview that names each row's fate, then all new people at once."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import insert, update
from sqlalchemy.orm import Session

from app.audit.actions import trace
from app.contracts.queries import get_contract
from app.core.database import transaction
from app.core.errors import FieldFault
from app.core.ids import new_id
from app.core.json import to_wire
from app.core.permissions import Actor, require
from app.enrolments import policies
from app.enrolments.errors import ReferralListFaulty, ReferralListGone
from app.enrolments.models import Enrolment, EnrolmentEvent, EnrolmentState, ReferralImport
from app.enrolments.queries.placements import (
    Page,
    get_referral_import,
    groups_of,
    providers_of,
    waiting_referrals,
)
from app.participants.actions import add_people, sealed_columns
from app.participants.queries import known_referrals, people_named, people_with_ninos
from app.participants.rules.nino import NinoKeys
from app.participants.rules.person import fold_name
from app.participants.rules.referral_list import ReferralRow, read_list
from app.records.rules import london_day

KEPT = timedelta(days=1)
NEW, KNOWN, FAULTY = "new", "known", "faulty"


@dataclass(frozen=True)
class Surroundings:
    """What stands on a contract that a list is held against."""

    contract_id: UUID
    providers: Mapping[str, UUID]
    groups: Mapping[str, UUID]
    known: frozenset[str]
    by_nino: Mapping[bytes, str]
    by_name: Mapping[tuple[str, date], str]


def preview_referrals(
    actor: Actor, contract_id: UUID, content: bytes, *, keys: NinoKeys, at: datetime
) -> ReferralImport:
    """Read a referral list and say of each row whether it is new, known or faulty; nobody is taken in yet.

    A row is known by the referrer's reference: it is skipped, so a list that grows every week is sent
    whole, and the same file twice changes nothing.

    Raises:
        NotFound: the actor's organisation has no part in the contract.
        Forbidden: the actor takes in no referrals there.
        ReferralListUnreadable: the file is no list.
    """
    contract = get_contract(actor, contract_id)
    providers, groups = providers_of(contract_id, on=london_day(at)), groups_of(contract_id)
    delivers_itself = contract.prime_id in providers.values()
    require(policies.can_import_referrals, actor, contract, delivers_itself)
    rows = read_list(content, today=london_day(at))
    _look_within(rows)
    around = _surroundings(contract_id, rows, keys, providers, groups)
    shown = [_shown(row, around, keys) for row in rows]
    results = [row["result"] for row in shown]
    with transaction() as session:
        forget_previews(at=at)
        preview = ReferralImport(
            id=new_id(),
            contract_id=contract_id,
            organisation_id=actor.organisation_id,
            uploaded_by_id=actor.user_id,
            uploaded_at=at,
            file_sha256=hashlib.sha256(content).hexdigest(),
            rows=shown,
            new_count=results.count(NEW),
            known_count=results.count(KNOWN),
            faulty_count=results.count(FAULTY),
        )
        session.add(preview)
        session.flush()
        trace(
            actor,
            "referrals.previewed",
            at=at,
            subject_id=preview.id,
            contract_id=contract_id,
            count=len(rows),
        )
    return preview


def _surroundings(
    contract_id: UUID,
    rows: Sequence[ReferralRow],
    keys: NinoKeys,
    providers: dict[str, UUID],
    groups: dict[str, UUID],
) -> Surroundings:
    """Return what the rows are compared with; of rows that are here already, nothing more is looked up."""
    known = known_referrals(contract_id, {row.reference for row in rows if row.reference})
    fresh = [row for row in rows if row.reference not in known]
    hashes = {one for row in fresh if row.nino for one in keys.hashes(row.nino)}
    return Surroundings(
        contract_id=contract_id,
        providers=providers,
        groups=groups,
        known=frozenset(known),
        by_nino=people_with_ninos(contract_id, hashes),
        by_name=people_named(contract_id, {_folded(row) for row in fresh if not row.nino}),
    )


def list_waiting(actor: Actor, *, after: str | None, at: datetime) -> Page:
    """Return who waits for the actor's provider to accept them; the reading is traced."""
    with transaction():
        page = waiting_referrals(actor, after=after)
        trace(actor, "referrals.listed", at=at, count=len(page.items))
    return page


def _look_within(rows: Sequence[ReferralRow]) -> None:
    """Point at rows of one list that repeat each other."""
    references: dict[str, int] = {}
    ninos: dict[str, int] = {}
    for row in rows:
        first = references.setdefault(row.reference, row.line) if row.reference else row.line
        if first != row.line:
            detail = f"Line {first} has the same reference."
            row.faults.append(FieldFault("reference", "reference-twice", detail, str(first)))
        first = ninos.setdefault(row.nino[:8], row.line) if row.nino else row.line
        if first != row.line:
            detail = f"Line {first} has the same National Insurance number."
            row.warnings.append(FieldFault("nino", "nino-twice", detail, str(first)))
    _look_for_names(rows)


def _look_for_names(rows: Sequence[ReferralRow]) -> None:
    """Point at rows with one name and birth date, unless both have a number that tells them apart."""
    named: dict[tuple[str, date], ReferralRow] = {}
    for row in rows:
        born_on = row.person["born_on"]
        first = named.setdefault((_folded(row), born_on), row) if born_on else row
        if first is not row and first.reference != row.reference and not (first.nino and row.nino):
            detail = f"Line {first.line} has the same name and birth date: perhaps the same person."
            row.warnings.append(FieldFault("name", "name-twice", detail, str(first.line)))


def _folded(row: ReferralRow) -> str:
    return fold_name(row.person["given_name"] or "", row.person["family_name"] or "")


def _shown(row: ReferralRow, around: Surroundings, keys: NinoKeys) -> dict[str, Any]:
    """Return a row as the preview keeps it; a number is sealed before it is kept."""
    shown: dict[str, Any] = {
        "line": row.line,
        "result": KNOWN,
        "name": row.name,
        "reference": row.reference,
        "provider": row.provider,
        "warnings": [],
        "faults": [],
    }
    if row.reference in around.known:
        return shown
    provider_id = _provider(row, around)
    group_id = _group(row, around)
    if row.faults:
        return {**shown, "result": FAULTY, "faults": [fault.plain() for fault in row.faults]}
    _warn_of_likeness(row, around, keys)
    participant_id = new_id()
    sealed = sealed_columns(keys, row.nino, participant_id)
    person = {
        "id": participant_id,
        "referral_reference": row.reference,
        "payment_group_id": group_id,
        "provider_id": provider_id,
        "referred_on": row.referred_on,
        **row.person,
        **{name: value.hex() if isinstance(value, bytes) else value for name, value in sealed.items()},
    }
    return {
        **shown,
        "result": NEW,
        "warnings": [warning.plain() for warning in row.warnings],
        "person": {
            name: value if value is None or isinstance(value, str) else to_wire(value)
            for name, value in person.items()
        },
    }


def _provider(row: ReferralRow, around: Surroundings) -> UUID | None:
    """Return the provider a row names; the only one where it names none."""
    ids = set(around.providers.values())
    if not row.provider:
        if len(ids) == 1:
            return ids.pop()
        row.faults.append(
            FieldFault("provider", "missing", "Write which provider the person is referred to.")
        )
        return None
    provider_id = around.providers.get(row.provider.casefold())
    if provider_id is None:
        detail = f"{row.provider[:60]!r} has no subcontract here; write a name as the contract shows it."
        row.faults.append(FieldFault("provider", "provider-unknown", detail, row.provider[:60]))
    return provider_id


def _group(row: ReferralRow, around: Surroundings) -> UUID | None:
    if not row.payment_group:
        return None
    group_id = around.groups.get(row.payment_group.casefold())
    if group_id is None:
        detail = f"{row.payment_group[:40]!r} is no payment group of this contract."
        row.faults.append(
            FieldFault("payment_group", "payment-group-unknown", detail, row.payment_group[:40])
        )
    return group_id


def _warn_of_likeness(row: ReferralRow, around: Surroundings, keys: NinoKeys) -> None:
    """Point at somebody on the contract who is perhaps the same person; nothing is decided by it."""
    if row.nino:
        same = next((around.by_nino[one] for one in keys.hashes(row.nino) if one in around.by_nino), None)
        code, words = "nino-known", "the same National Insurance number"
    else:
        born_on = row.person["born_on"]
        same = around.by_name.get((_folded(row), born_on)) if born_on else None
        code, words = "name-known", "the same name and birth date"
    if same is not None:
        detail = f"{same} has {words}: perhaps the same person. Link the two after they are in."
        row.warnings.append(FieldFault("nino" if row.nino else "name", code, detail, same))


def confirm_referrals(actor: Actor, import_id: UUID, *, drop_faulty: bool, at: datetime) -> ReferralImport:
    """Take in all new people of a preview together; a repeat is answered as the first was.

    Raises:
        NotFound: the actor sees no such preview.
        ReferralListFaulty: rows are faulty and are not to be dropped.
        ReferralListGone: the preview is older than a day.
    """
    with transaction() as session:
        preview = get_referral_import(actor, import_id, for_update=True)
        if preview.imported_at is not None:
            return preview
        if preview.rows is None or at - preview.uploaded_at > KEPT:
            raise ReferralListGone("Upload the list again; rows that are in by now will be skipped.")
        if preview.faulty_count and not drop_faulty:
            raise ReferralListFaulty("Put the faulty rows right and upload again, or leave them out.")
        people = [_revived(row["person"]) for row in preview.rows if row["result"] == NEW]
        added = add_people(preview.contract_id, people, at=at)
        _enrol(session, actor, preview.contract_id, [one for one in people if one["id"] in added], at)
        preview.rows = None
        preview.imported_at = at
        preview.imported_count = len(added)
        session.flush()
        trace(
            actor,
            "referrals.imported",
            at=at,
            subject_id=preview.id,
            contract_id=preview.contract_id,
            count=len(added),
        )
    return preview


def _revived(person: Mapping[str, Any]) -> dict[str, Any]:
    """Return a kept row's person with bytes, ids and days as columns take them."""
    ids = {
        name: UUID(person[name]) if person[name] else None
        for name in ("id", "payment_group_id", "provider_id")
    }
    days = {
        name: date.fromisoformat(person[name]) if person[name] else None
        for name in ("born_on", "referred_on")
    }
    secret = {
        name: bytes.fromhex(person[name]) if person[name] else None for name in ("nino_cipher", "nino_hash")
    }
    return {**person, **ids, **days, **secret}


def _enrol(
    session: Session, actor: Actor, contract_id: UUID, people: Sequence[Mapping[str, Any]], at: datetime
) -> None:
    """Make each person's enrolment, and the first step of its story."""
    if not people:
        return
    enrolments = [
        {
            "id": new_id(),
            "contract_id": contract_id,
            "provider_id": person["provider_id"],
            "participant_id": person["id"],
            "state": EnrolmentState.REFERRED,
            "referred_on": person["referred_on"],
            "attention_on": person["referred_on"],
        }
        for person in people
    ]
    session.execute(insert(Enrolment), enrolments)
    session.execute(
        insert(EnrolmentEvent),
        [
            {
                "id": new_id(),
                "contract_id": contract_id,
                "provider_id": enrolment["provider_id"],
                "enrolment_id": enrolment["id"],
                "at": at,
                "happened_on": enrolment["referred_on"],
                "name": "referred",
                "user_id": actor.user_id,
            }
            for enrolment in enrolments
        ],
    )


def forget_previews(*, at: datetime) -> int:
    """Empty previews that are a day old, since they name people; return how many were."""
    with transaction() as session:
        result = session.execute(
            update(ReferralImport)
            .where(ReferralImport.rows.is_not(None), ReferralImport.uploaded_at < at - KEPT)
            .values(rows=None)
        )
        count: int = result.rowcount  # type: ignore[attr-defined]
    return count
