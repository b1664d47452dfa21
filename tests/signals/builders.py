"""Teams as rows, many people at once: what a worker's year leaves in the database."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import insert, text

from app.assessments.models import Assessment, Rater, SittingKind
from app.contracts.models import Contract, Subcontract
from app.core.database import is_postgresql, transaction
from app.core.ids import new_id
from app.enrolments.models import Enrolment, EnrolmentState
from app.evidence.models import EvidenceItem, EvidenceKind, ObtainedHow
from app.instruments.actions import install_calibrations
from app.instruments.models import CalibrationSource, Instrument
from app.instruments.rules.signing import NewInputs
from app.participants.models import Participant, PersonDetails
from app.records.models import Record, RecordKind
from tests.builders import make_contract, make_organisation, make_subcontract, make_user
from tests.calibrations.builders import open_ladders

AT = datetime(2026, 3, 2, 2, tzinfo=UTC)
TODAY = date(2026, 3, 2)
BEGUN = date(2025, 6, 2)
LARGE = 1_000
SITTINGS = ((SittingKind.BASELINE, 0), (SittingKind.REVIEW, 84), (SittingKind.REVIEW, 168))


@dataclass(frozen=True)
class TeamMade:
    """A team, and the ids of its workers."""

    place: Subcontract
    contract: Contract
    workers: list[UUID]


def make_team(people: int, *, workers: int = 4, late: int = 0, reused: int = 0, beside: int = 0) -> TeamMade:
    """Make a team of people with a year of records; each worker has as many.

    Args:
        people: How many, shared out over the workers.
        workers: How many workers there are.
        late: People of the first worker whose sittings came a fortnight late.
        reused: Of whom the letter was another person's.
        beside: Whose confirmation was made on the worker's device, at once.
    """
    instrument = open_ladders()
    contract = make_contract(commissioner=make_organisation())
    place = make_subcontract(contract)
    users = [make_user().id for _ in range(workers)]
    rows = _Rows(place, instrument, users)
    for number in range(people):
        is_first = number % workers == 0
        mine = number // workers
        rows.add_person(
            number,
            is_late=is_first and mine < late,
            is_reused=is_first and mine < reused,
            is_beside=is_first and mine < beside,
        )
    rows.write()
    assert contract.commissioner_id is not None
    _sign(contract.commissioner_id, instrument)
    return TeamMade(place, contract, users)


def _sign(commissioner_id: UUID, instrument: Instrument) -> None:
    drafts = [
        NewInputs(
            instrument_id=instrument.id,
            rater=rater.value,
            language="en",
            ladders=tuple(sorted(ladder.code for ladder in instrument.ladders)),
            source=CalibrationSource.PROVISIONAL,
            sd=Decimal("1.5"),
            r=Decimal("0.7"),
            r_lower=Decimal("0.7"),
            n=0,
            reference="Careful until there are data",
            valid_from=date(2026, 1, 5),
            valid_until=date(2026, 12, 31),
        )
        for rater in (Rater.PARTICIPANT, Rater.WORKER)
    ]
    install_calibrations(commissioner_id, drafts, at=AT, today=date(2026, 1, 5))


class _Rows:
    """The rows of a team, written by a few inserts."""

    def __init__(self, place: Subcontract, instrument: Instrument, workers: list[UUID]) -> None:
        self._walls = {"contract_id": place.contract_id, "provider_id": place.provider_id}
        self._instrument = instrument
        self._workers = workers
        self._rows: dict[Any, list[dict[str, Any]]] = {
            model: [] for model in (Participant, PersonDetails, Enrolment, Record, Assessment, EvidenceItem)
        }

    def add_person(self, number: int, *, is_late: bool, is_reused: bool, is_beside: bool) -> None:
        """Add one person's year."""
        person, enrolment = new_id(), new_id()
        worker = self._workers[number % len(self._workers)]
        contract_id = self._walls["contract_id"]
        self._rows[Participant].append(
            {
                "id": person,
                "contract_id": contract_id,
                "reference": f"WM-{number:06}",
                "referral_reference": f"R{number}",
                "is_restricted": False,
                "created_at": AT,
            }
        )
        self._rows[PersonDetails].append(
            {
                "id": person,
                "contract_id": contract_id,
                "given_name": "Dean",
                "family_name": "Marsh",
                "search_name": "dean marsh",
                "language": "en",
                "updated_at": AT,
            }
        )
        self._rows[Enrolment].append(
            {
                **self._walls,
                "id": enrolment,
                "participant_id": person,
                "state": EnrolmentState.STARTED,
                "referred_on": BEGUN,
                "attention_on": BEGUN,
                "worker_id": worker,
            }
        )
        first, *_ = [
            self._sitting(enrolment, worker, kind, BEGUN + timedelta(days=days + number % 20), is_late)
            for kind, days in SITTINGS
        ]
        letter = "shared" if is_reused else f"letter{number}"
        self._item(enrolment, worker, first, EvidenceKind.THIRD_PARTY_LETTER, letter, is_away=True)
        self._item(enrolment, worker, first, EvidenceKind.WORKER_OBSERVATION, None)
        self._item(
            enrolment, worker, first, EvidenceKind.PARTICIPANT_CONFIRMATION, None, is_away=not is_beside
        )

    def _record(
        self, kind: RecordKind, enrolment: UUID, author: UUID, at: datetime, came: datetime, device: UUID
    ) -> UUID:
        made = new_id()
        self._rows[Record].append(
            {
                **self._walls,
                "id": made,
                "root_id": made,
                "enrolment_id": enrolment,
                "kind": kind,
                "occurred_on": at.date(),
                "recorded_at": at,
                "received_at": came,
                "author_id": author,
                "device_id": device,
                "content_hash": "0" * 64,
                "is_withdrawn": False,
            }
        )
        return made

    def _sitting(
        self, enrolment: UUID, worker: UUID, kind: SittingKind, on: date, is_late: bool
    ) -> tuple[UUID, datetime]:
        sitting, at = new_id(), datetime.combine(on, time(10), UTC)
        came = at + timedelta(days=14 if is_late else 1)
        codes = sorted(ladder.code for ladder in self._instrument.ladders)
        last = None
        for place, rater in enumerate((Rater.PARTICIPANT, Rater.WORKER)):
            moment = at + timedelta(minutes=4 * place)
            last = self._record(RecordKind.ASSESSMENT, enrolment, worker, moment, came, worker)
            self._rows[Assessment].append(
                {
                    **self._walls,
                    "id": last,
                    "sitting_id": sitting,
                    "sitting_kind": kind,
                    "rater": rater,
                    "instrument_id": self._instrument.id,
                    "language": "en",
                    "scores": {code: (3 * n + place + len(kind)) % 8 for n, code in enumerate(codes)},
                    "is_original": True,
                }
            )
        assert last is not None
        return last, at + timedelta(minutes=4)

    def _item(
        self,
        enrolment: UUID,
        worker: UUID,
        subject: tuple[UUID, datetime],
        kind: EvidenceKind,
        sha256: str | None,
        *,
        is_away: bool = False,
    ) -> None:
        root, rated_at = subject
        at = rated_at + timedelta(minutes=2)
        device = new_id() if is_away else worker
        made = self._record(RecordKind.EVIDENCE, enrolment, worker, at, at + timedelta(days=1), device)
        is_own_word = kind is EvidenceKind.PARTICIPANT_CONFIRMATION
        how = ObtainedHow.RECEIVED if is_own_word or is_away else ObtainedHow.WRITTEN_HERE
        self._rows[EvidenceItem].append(
            {
                **self._walls,
                "id": made,
                "subject_root_id": root,
                "kind": kind,
                "obtained_on": at.date(),
                "obtained_how": how,
                "sent_sha256": sha256,
            }
        )

    def write(self) -> None:
        """Insert everything, table by table.

        On PostgreSQL the rows of a large team are not held against their references and triggers one by one:
        that takes longer than all that is asked of them, and a small team's rows are the same.
        """
        with transaction() as session:
            is_spared = len(self._rows[Participant]) >= LARGE and is_postgresql()
            if is_spared:
                session.execute(text("SET LOCAL session_replication_role = replica"))
            for model, rows in self._rows.items():
                session.execute(insert(model.__table__), rows)  # by the ORM, missing values part rows
            if is_spared:
                session.execute(text("SET LOCAL session_replication_role = origin"))
