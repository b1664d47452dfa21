"""A programme of any size, made by the database itself: half an hour of records in a minute.

Every enrolment has 50 records: 15 sittings rated by both, and 20 milestones. A provider has at most
10,000 enrolments, a worker 60, so that what one reader asks for stays the same while the whole grows.
"""

import secrets
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from flask import Flask
from sqlalchemy import text
from sqlalchemy.orm import Session

from app.accounts.models import SignInSession, User
from app.accounts.rules import hash_secret
from app.core.database import transaction
from app.core.ids import new_id
from app.core.permissions import Role
from app.instruments.models import Instrument, InstrumentKind, Ladder
from app.milestones.models import MilestoneKind
from app.ratecards.models import CardApplication, Rate, RateCard
from tests.builders import (
    NOON,
    act_as,
    make_contract,
    make_enrolment,
    make_membership,
    make_notice,
    make_organisation,
    make_subcontract,
    make_user,
    save,
)
from tests.journeys import builders as journeys

RECORDS_EACH = 50
ENROLMENTS_EACH = 10_000
PEOPLE_EACH = 60
LADDERS = (
    "stability",
    "health",
    "confidence",
    "motivation",
    "skills",
    "job-search",
    "experience",
    "connection",
)


@dataclass(frozen=True)
class World:
    """Whom to ask as, and what for."""

    contract_id: UUID
    provider_id: UUID
    worker_secret: str
    manager_secret: str
    preparer_secret: str
    enrolment_id: UUID
    records: int
    enrolments_each: int = 0  # at the provider asked about


def make_world(app: Flask, records: int) -> World:
    """Fill an empty, migrated PostgreSQL with so many records."""
    enrolments = max(records // RECORDS_EACH, PEOPLE_EACH)
    with app.app_context():
        commissioner, prime = make_organisation("Bench commissioner"), make_organisation("Bench prime")
        contract = make_contract(prime=prime, commissioner=commissioner)
        make_notice(contract)
        rate = _card(contract.id, prime.id)
        instrument = _instrument()
        _kinds()
        providers: list[UUID] = []
        for number in range(-(-enrolments // ENROLMENTS_EACH)):
            provider = make_organisation(f"Bench provider {number}")
            make_subcontract(contract, provider)
            providers.append(provider.id)
            size = min(ENROLMENTS_EACH, enrolments - number * ENROLMENTS_EACH)
            _enrol(contract.id, provider.id, size, number)
        _record(instrument)
        _entitle(rate)
        _analyse()
        provider_id = providers[0]
        worker_id, enrolment_id = _first_worker(provider_id)
        return World(
            contract.id,
            provider_id,
            _sign_in(Role.WORKER, at=provider_id, user_id=worker_id),
            _sign_in(Role.MANAGER, at=provider_id),
            _sign_in(Role.CLAIMS_PREPARER, at=prime.id),
            enrolment_id,
            enrolments * RECORDS_EACH,
            min(ENROLMENTS_EACH, enrolments),
        )


def make_small_world(app: Flask) -> World:
    """Make one worker's 60 people by the tests' own builders, one of them with 50 records; for SQLite."""
    with app.app_context():
        place = make_subcontract()
        user = make_user("Amina Osei")
        people = [make_enrolment(place, worker_id=user.id) for _ in range(PEOPLE_EACH)]
        enrolment, actor = people[0], act_as(Role.WORKER, at=place.provider_id)
        ladders = journeys.make_instrument(*LADDERS)
        for sitting in range(15):
            scores: dict[str, int | None] = dict.fromkeys(LADDERS, sitting % 11)
            day = date(2024, 11, 5) + timedelta(days=5 * sitting)
            journeys.rate_together(enrolment, actor, ladders, scores, scores, on=day)
            journeys.see(enrolment, actor, on=day, texts={"description": "Took the 7 bus alone."})
        for number in range(5):
            journeys.see(enrolment, actor, on=date(2025, 1, 20) + timedelta(days=number))
        return World(
            place.contract_id,
            place.provider_id,
            _sign_in(Role.WORKER, at=place.provider_id, user_id=user.id),
            _sign_in(Role.MANAGER, at=place.provider_id),
            "",
            enrolment.id,
            RECORDS_EACH,
        )


def _card(contract_id: UUID, prime_id: UUID) -> Rate:
    card = save(
        RateCard(
            owner_id=prime_id,
            code="bench",
            version=1,
            title="Bench",
            source="invented",
            claim_window_days=90,
            definition="",
            definition_sha256="",
            loaded_at=NOON,
        )
    )
    rate = save(
        Rate(
            rate_card_id=card.id,
            position=1,
            code="ATT",
            title="Start on the programme",
            price_pence=30_000,
            trigger={"kind": "started"},
            evidence={"all_of": ["action-plan"]},
            max_per_person=1,
            requires=[],
        )
    )
    save(CardApplication(contract_id=contract_id, rate_card_id=card.id, applies_from=date(2024, 4, 1)))
    return rate


def _instrument() -> Instrument:
    instrument = save(
        Instrument(
            code="open-ladders",
            version=1,
            kind=InstrumentKind.LADDERS,
            title="Open Ladders",
            licence="CC BY 4.0",
            credit="",
            scale_min=0,
            scale_max=10,
            definition="",
            loaded_at=NOON,
            frozen_at=NOON,
        )
    )
    for position, code in enumerate(LADDERS, 1):
        save(
            Ladder(
                instrument_id=instrument.id,
                position=position,
                code=code,
                title=code.title(),
                short_title=code.title(),
                question="?",
                worker_question="?",
                jet_group="attitudes",
                anchors={str(rung): f"{code} {rung}" for rung in range(0, 11, 2)},
            )
        )
    return instrument


def _kinds() -> None:
    save(
        MilestoneKind(
            code="travelled-alone",
            position=1,
            title="Travelled alone",
            description="Seen",
            jet_group="attitudes",
            counts=["third-party-letter"],
            hints={},
            helps=["worker-observation"],
        )
    )


def _enrol(contract_id: UUID, provider_id: UUID, size: int, number: int) -> None:
    """Make people, their details and their enrolments; every worker has 60."""
    workers = [make_user(f"Worker {n}").id for n in range(-(-size // PEOPLE_EACH))]
    values = {
        "contract": contract_id,
        "provider": provider_id,
        "size": size,
        "number": number,
        "workers": [str(worker) for worker in workers],
        "each": PEOPLE_EACH,
        "at": NOON,
    }
    with transaction() as session:
        session.execute(
            text(
                """
                CREATE TEMPORARY TABLE person ON COMMIT DROP AS
                SELECT uuidv7() AS id, uuidv7() AS enrolment_id, n
                FROM generate_series(0, :size - 1) AS n
                """
            ),
            values,
        )
        for statement in (
            """
            INSERT INTO participant (id, contract_id, reference, referral_reference, is_restricted,
                created_at)
            SELECT id, :contract, 'WM-' || :number || '-' || n, 'R-' || :number || '-' || n, false, :at
            FROM person
            """,
            """
            INSERT INTO person_details (id, contract_id, given_name, family_name, search_name, language,
                access_needs, updated_at)
            SELECT id, :contract, 'Person', 'Number' || n, 'person number' || n, 'en',
                CASE WHEN n % 3 = 0 THEN 'large print' END, :at FROM person
            """,
            """
            INSERT INTO enrolment (id, contract_id, provider_id, participant_id, state, referred_on,
                accepted_on, started_on, worker_id, notice_id, notice_given_on, notice_manner, revision,
                entitlements_due, attention_on, needs_you_count, evidence_missing_count, last_met_on,
                last_sitting_on, last_sitting_kind, review_due_on, latest_scores)
            SELECT enrolment_id, :contract, :provider, id, 'started', date '2024-10-28', date '2024-10-30',
                date '2024-11-04', (CAST(:workers AS uuid[]))[1 + n / :each],
                (SELECT id FROM notice WHERE contract_id = :contract LIMIT 1), date '2024-11-04',
                'read-together', 1, false, current_date - 7 + n % 60, 0, 0, date '2025-02-12',
                date '2025-01-23', 'review', date '2025-03-06' + n % 30,
                '{"participant": {"confidence": 6}, "worker": {"confidence": 5}}'
            FROM person
            """,
        ):
            session.execute(text(statement), values)


def _trust(session: Session) -> None:
    """Leave triggers and foreign keys out for one transaction, where the role may; the rows are right."""
    session.execute(
        text(
            "SELECT set_config('session_replication_role', 'replica', true) "
            "FROM pg_roles WHERE rolname = current_user AND rolsuper"
        )
    )


def _record(instrument: Instrument) -> None:
    """Give every enrolment its 50 records."""
    scores = ", ".join(f"'{code}', (n + {position}) % 11" for position, code in enumerate(LADDERS))
    walls = "id, contract_id, provider_id"
    with transaction() as session:
        _trust(session)
        session.execute(
            text(
                """
                CREATE TEMPORARY TABLE fact ON COMMIT DROP AS
                SELECT uuidv7() AS id, e.contract_id, e.provider_id, e.id AS enrolment_id, e.worker_id, n,
                    CASE WHEN n < 30 THEN 'assessment' ELSE 'milestone' END AS kind,
                    md5(e.id::text || n % 30 / 2)::uuid AS sitting_id,
                    date '2024-11-05' + (n % 30) / 2 * 5 AS occurred_on
                FROM enrolment e, generate_series(0, 49) AS n
                """
            )
        )
        session.execute(
            text(
                f"""
                INSERT INTO public.record ({walls}, root_id, enrolment_id, kind, occurred_on, recorded_at,
                    received_at, author_id, content_hash, is_withdrawn)
                SELECT {walls}, id, enrolment_id, kind, occurred_on, occurred_on + time '10:00',
                    occurred_on + time '10:01', worker_id, md5(id::text) || md5(id::text), false
                FROM fact
                """
            )
        )
        session.execute(
            text(
                f"""
                INSERT INTO assessment ({walls}, sitting_id, sitting_kind, rater, instrument_id, language,
                    scores, is_original)
                SELECT {walls}, sitting_id,
                    CASE WHEN n < 2 THEN 'baseline' ELSE 'review' END,
                    CASE WHEN n % 2 = 0 THEN 'participant' ELSE 'worker' END,
                    :instrument, 'en', jsonb_build_object({scores}), true
                FROM fact WHERE kind = 'assessment'
                """
            ),
            {"instrument": instrument.id},
        )
        session.execute(
            text(
                f"INSERT INTO milestone ({walls}, kind_code) SELECT {walls}, 'travelled-alone' FROM fact "
                "WHERE kind = 'milestone'"
            )
        )
        session.execute(
            text(
                f"""
                INSERT INTO record_text ({walls}, salt, texts)
                SELECT {walls}, md5(id::text), '{{"description": "Took the 7 bus alone."}}'
                FROM fact WHERE kind = 'milestone'
                """
            )
        )


def _entitle(rate: Rate) -> None:
    with transaction() as session:
        _trust(session)
        session.execute(
            text(
                """
                INSERT INTO entitlement (id, contract_id, participant_id, enrolment_id, provider_id, rate_id,
                    rate_code, occurrence, state, price_pence, provider_share_pence, claimable_from,
                    closes_on, is_claimed, missing_code, conditions, record_ids, consumed_root_ids,
                    settled_at)
                SELECT uuidv7(), contract_id, participant_id, id, provider_id, :rate, 'ATT', 1, 'complete',
                    30000, 24000, date '2024-11-04', date '2030-01-01' + (row_number() OVER ())::int % 400,
                    false, NULL,
                    '[{"code": "started", "met": true, "found": "4 November 2024", "record_ids": []}]',
                    '[]', '[]', :at
                FROM enrolment
                """
            ),
            {"rate": rate.id, "at": NOON},
        )


def _analyse() -> None:
    with transaction() as session:
        session.execute(text("ANALYZE"))


def _first_worker(provider_id: UUID) -> tuple[UUID, UUID]:
    with transaction() as session:
        row = session.execute(
            text("SELECT worker_id, id FROM enrolment WHERE provider_id = :provider ORDER BY id LIMIT 1"),
            {"provider": provider_id},
        ).one()
    return row.worker_id, row.id


def _sign_in(role: Role, *, at: UUID, user_id: UUID | None = None) -> str:
    """Open a session for a member with this role and return the cookie's secret."""
    with transaction() as session:
        user = session.get(User, user_id) if user_id else None
    membership = make_membership(role, at=at, user=user)
    secret = secrets.token_urlsafe(32)
    now = datetime.now(UTC)
    save(
        SignInSession(
            id=new_id(),
            secret_hash=hash_secret(secret),
            user_id=membership.user_id,
            membership_id=membership.id,
            language="en",
            created_at=now,
            seen_at=now,
            ends_at=now + timedelta(hours=12),
        )
    )
    return secret
