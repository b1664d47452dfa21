"""Month ends: claims built, locked, approved, submitted, decided, paid and passed on."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from uuid import UUID

from sqlalchemy import exists, select

from app.claims.actions.deciding import accept_line, reject_line
from app.claims.actions.drafting import add_lines, contest_exclusion, draft_claim, exclude_line
from app.claims.actions.locking import approve_claim, lock_claim, submit_claim
from app.claims.errors import ClaimEmpty
from app.claims.models import ClaimLine, ClaimLineRecord, Exclusion, LineState, RejectionReason
from app.claims.rules.states import ExclusionReason, first_of_month, next_month
from app.core.database import db
from app.core.permissions import Actor, Role
from app.demo.chance import Chance
from app.demo.diary import Diary, moment, next_working_day
from app.demo.pools import pools, read
from app.demo.setting import Setting
from app.enrolments.withdrawals import withdraw_records
from app.entitlements.actions import settle_contract
from app.entitlements.models import Entitlement
from app.entitlements.queries.board import BoardState, in_state
from app.organisations.models import Organisation
from app.participants.models import Participant
from app.ratecards.models import Rate, TriggerKind
from app.records.models import Record, RecordKind
from app.records.rules import Withdrawal, london_day
from app.statements.actions import close_statement, confirm_arrival, note_remittance
from app.statements.models import Remittance, Statement, StatementEntry, StatementState

REJECTED_SHARE = 0.06
ARRIVED_SHARE = 0.85
LEFT_FOR_THE_TOUR = 12
NEWEST_AFTER_DAYS = 8
TAKEN_BACK_DAYS_AGO = 17
# How far the newest month's claim and the one before have come; all older ones are decided and paid.
NEWEST = {"NMC": "draft", "FAC": "approved", "CDV": "locked"}
ONE_BEFORE = {"NMC": "half-decided", "FAC": "submitted", "CDV": "paid"}
SAID_OF_EXCLUSIONS = (
    (ExclusionReason.ASKED_THE_PROVIDER, "I have asked for a copy that shows the whole page."),
    (ExclusionReason.EVIDENCE_UNCLEAR, "The stamp cannot be read. Can you get a clearer copy?"),
)
PAYS_FOR = {  # what a refusal is about, by what earns the rate
    TriggerKind.STARTED: "started",
    TriggerKind.MILESTONE: "milestone",
    TriggerKind.JOB_SUSTAINED: "work",
    TriggerKind.JOB_SUSTAINED_EVERY: "work",
    TriggerKind.RELIABLE_IMPROVEMENT: "change",
    TriggerKind.HELD: "change",
}
CONTESTED = "The day stands in the letter’s second line, and the stamp is the school’s own."

Happening = tuple[datetime, Callable[[], None]]


def calendar(setting: Setting, seed: int, diary: Diary) -> Iterable[Happening]:
    """Yield what is done about money, and when."""
    newest = first_of_month(first_of_month(diary.day(NEWEST_AFTER_DAYS)) - timedelta(days=1))
    for code, newest_reach in NEWEST.items():
        month = next_month(first_of_month(diary.first_day))
        while month <= newest:
            end = MonthEnd(setting, diary, Chance(seed, "money", code, month), code, month)
            reach = "paid"
            if month == newest:
                reach = newest_reach
            elif next_month(month) == newest:
                reach = ONE_BEFORE[code]
            yield from end.happenings(reach)
            month = next_month(month)
    at = moment(next_working_day(diary.day(TAKEN_BACK_DAYS_AGO)), time(14, 5))
    yield at, lambda: take_back(setting, Chance(seed, "taken back"), at)


@dataclass
class MonthEnd:
    """One contract's claim for one month, from the draft to the money in the provider's bank."""

    setting: Setting
    diary: Diary
    chance: Chance
    code: str
    month: date
    claim_id: UUID | None = None
    prime: str = field(init=False)

    def __post_init__(self) -> None:
        self.prime = next(
            entry["prime"] for entry in read("contracts")["contracts"] if entry["code"] == self.code
        )

    def happenings(self, reach: str) -> Iterable[Happening]:
        """Yield the acts up to where the claim has come."""
        begin = next_month(self.month)
        if reach in NEWEST.values():
            yield from self._newest(reach)
            return
        yield self._on(begin + timedelta(days=3), 9, self._draft)
        yield self._on(begin + timedelta(days=5), 11, self._lock)
        yield self._on(begin + timedelta(days=7), 13, self._approve)
        yield self._on(begin + timedelta(days=9), 15, self._submit)
        if reach == "submitted":
            return
        decided_on = begin + timedelta(days=self.chance.randint(17, 24))
        yield self._on(decided_on, 10, lambda at: self._decide(at, is_half=reach == "half-decided"))
        if reach == "half-decided":
            return
        after = next_month(begin)
        yield self._on(after + timedelta(days=1), 9, self._close)
        yield self._on(after + timedelta(days=self.chance.randint(6, 12)), 12, self._pass_on)
        yield self._on(after + timedelta(days=self.chance.randint(16, 22)), 9, self._confirm)

    def _newest(self, reach: str) -> Iterable[Happening]:
        today = self.diary.today
        if reach == "draft":
            yield self._on(today - timedelta(days=4), 9, self._draft_most)
            yield self._on(today - timedelta(days=3), 12, self._exclude_some)
            yield self._on(today - timedelta(days=2), 15, self._contest)
            return
        yield self._on(today - timedelta(days=6), 9, self._draft)
        yield self._on(today - timedelta(days=4), 11, self._lock)
        if reach == "approved":
            yield self._on(today - timedelta(days=2), 15, self._approve)

    def _on(self, day: date, hour: int, act: Callable[[datetime], None]) -> Happening:
        at = moment(next_working_day(day), time(hour, self.chance.randrange(60)))
        if london_day(at) > self.diary.last_day:
            at = moment(day, time(hour, 7))
        return at, lambda: act(at) if london_day(at) <= self.diary.last_day else None

    @property
    def _contract_id(self) -> UUID:
        return self.setting.contracts[self.code]

    def _player(self, role: Role) -> Actor:
        return self.setting.player_with(role, self.prime)

    def _claimable(self, at: datetime) -> list[UUID]:
        settle_contract(self._contract_id, at=at)
        query = select(Entitlement.id).where(
            Entitlement.contract_id == self._contract_id, in_state(BoardState.CLAIMABLE, london_day(at))
        )
        return list(db.session().scalars(query.order_by(Entitlement.closes_on, Entitlement.id)))

    def _draft(self, at: datetime, leave: int = 0) -> None:
        claimable = self._claimable(at)
        chosen = claimable[: max(1, len(claimable) - leave)]
        if chosen:
            preparer = self._player(Role.CLAIMS_PREPARER)
            self.claim_id = draft_claim(preparer, self._contract_id, self.month, at=at).id
            add_lines(preparer, self.claim_id, chosen if leave else "all", at=at)

    def _draft_most(self, at: datetime) -> None:
        self._draft(at, leave=LEFT_FOR_THE_TOUR)

    def _exclude_some(self, at: datetime) -> None:
        lines = self._lines(LineState.INCLUDED)
        if self.claim_id is None:
            return
        for line, (reason, words) in zip(lines[1:], SAID_OF_EXCLUSIONS, strict=False):
            exclude_line(self._player(Role.CLAIMS_PREPARER), self.claim_id, line.id, reason, words, at=at)

    def _contest(self, at: datetime) -> None:
        exclusion = db.session().scalar(
            select(Exclusion)
            .where(Exclusion.claim_id == self.claim_id, Exclusion.reason == ExclusionReason.EVIDENCE_UNCLEAR)
            .order_by(Exclusion.id)
            .limit(1)
        )
        if exclusion is not None:
            manager = self.setting.player_of(Role.MANAGER, exclusion.provider_id)
            contest_exclusion(manager, exclusion.id, CONTESTED, at=at)

    def _step(self, act: Callable[..., object], role: Role, at: datetime) -> None:
        """Take a step of the claim; one whose last line fell stays where it is."""
        if self.claim_id is None:
            return
        try:
            act(self._player(role), self.claim_id, at=at)
        except ClaimEmpty:
            self.claim_id = None

    def _lock(self, at: datetime) -> None:
        self._step(lock_claim, Role.CLAIMS_PREPARER, at)

    def _approve(self, at: datetime) -> None:
        self._step(approve_claim, Role.CLAIMS_APPROVER, at)

    def _submit(self, at: datetime) -> None:
        self._step(submit_claim, Role.CLAIMS_APPROVER, at)

    def _lines(self, state: LineState) -> list[ClaimLine]:
        query = select(ClaimLine).where(ClaimLine.claim_id == self.claim_id, ClaimLine.state == state)
        return list(db.session().scalars(query.order_by(ClaimLine.position)))

    def _decide(self, at: datetime, *, is_half: bool) -> None:
        assessor = self.setting.player_with(Role.ASSESSOR, "northmoor")
        lines = self._lines(LineState.SUBMITTED)
        for line in lines[: len(lines) // 2] if is_half else lines:
            if self.chance.happens(REJECTED_SHARE):
                said = self.chance.of(pools()["rejection_reasons"][PAYS_FOR[self._trigger_of(line)]])
                reject_line(
                    assessor,
                    line.id,
                    reason=RejectionReason(said["code"]),
                    words=said["words"],
                    is_curable=said["curable"],
                    at=at,
                )
            else:
                accept_line(assessor, line.id, at=at)

    def _trigger_of(self, line: ClaimLine) -> TriggerKind:
        trigger = db.session().scalars(select(Rate.trigger).where(Rate.id == line.rate_id)).one()
        return TriggerKind(trigger["kind"])

    def _statements(self, state: StatementState, at: datetime) -> list[Statement]:
        """Return the contract's statements of earlier months in a state."""
        query = select(Statement).where(
            Statement.contract_id == self._contract_id,
            Statement.state == state,
            Statement.month < first_of_month(london_day(at)),
        )
        return list(db.session().scalars(query.order_by(Statement.month)))

    def _close(self, at: datetime) -> None:
        for statement in self._statements(StatementState.OPEN, at):
            close_statement(self._player(Role.CLAIMS_APPROVER), statement.id, at=at)

    def _pass_on(self, at: datetime) -> None:
        today = london_day(at)
        paid_on = today - timedelta(days=self.chance.randint(2, 4))
        preparer = self._player(Role.CLAIMS_PREPARER)
        for statement in self._statements(StatementState.CLOSED, at):
            for provider_id in self._providers_on(statement, is_passed_on=False):
                days = {"prime_paid_on": paid_on, "passed_on_on": today}
                note_remittance(preparer, statement.id, provider_id, **days, at=at)

    def _confirm(self, at: datetime) -> None:
        arrived_on = london_day(at) - timedelta(days=1)
        for statement in self._statements(StatementState.CLOSED, at)[-1:]:
            for provider_id in self._providers_on(statement, is_passed_on=True):
                if self.chance.happens(ARRIVED_SHARE):
                    manager = self.setting.player_of(Role.MANAGER, provider_id)
                    confirm_arrival(manager, statement.id, arrived_on=arrived_on, at=at)

    def _providers_on(self, statement: Statement, *, is_passed_on: bool) -> list[UUID]:
        """Return whose money of a statement has been passed on but did not arrive yet, or has not."""
        passed = exists().where(
            Remittance.statement_id == StatementEntry.statement_id,
            Remittance.provider_id == StatementEntry.provider_id,
        )
        arrived = exists().where(
            Remittance.statement_id == StatementEntry.statement_id,
            Remittance.provider_id == StatementEntry.provider_id,
            Remittance.arrived_on.is_not(None),
        )
        query = (
            select(StatementEntry.provider_id)
            .join(Organisation, Organisation.id == StatementEntry.provider_id)
            .where(
                StatementEntry.statement_id == statement.id, passed & ~arrived if is_passed_on else ~passed
            )
            .group_by(StatementEntry.provider_id, Organisation.name)
            .order_by(Organisation.name)
        )
        return list(db.session().scalars(query))


def take_back(setting: Setting, chance: Chance, at: datetime) -> None:
    """Have a worker withdraw a milestone that was paid long ago: a negative entry on the open statement."""
    found = (
        db.session()
        .execute(
            select(Record.id, Record.author_id)
            .join(ClaimLineRecord, ClaimLineRecord.record_id == Record.id)
            .join(ClaimLine, ClaimLine.id == ClaimLineRecord.line_id)
            .join(Participant, Participant.id == ClaimLine.participant_id)
            .where(
                ClaimLine.contract_id == setting.contracts["NMC"],
                ClaimLine.state == LineState.PAID,
                ClaimLineRecord.is_consumed,
                Record.kind == RecordKind.MILESTONE,
                ~Participant.is_restricted,
            )
            .order_by(ClaimLine.created_at, ClaimLine.position)
            .limit(1)
        )
        .first()
    )
    if found is None:
        return
    worker = next(actor for actor in setting.players.values() if actor.user_id == found.author_id)
    withdrawal = Withdrawal(
        id=chance.id_at(at),
        subject_id=found.id,
        reason="The placement did not go ahead after all",
        occurred_on=None,
        recorded_at=at,
    )
    withdraw_records(worker, [withdrawal], at=at)
