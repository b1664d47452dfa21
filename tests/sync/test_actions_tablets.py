"""Four tablets, two people on each, whatever order things come in: in the end each item stands once."""

import json
import os
from datetime import timedelta
from typing import Any, ClassVar

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from sqlalchemy.orm import Session

from app.audit.models import AuditEvent
from app.core.database import db
from app.core.ids import new_id
from app.core.permissions import Actor, Role
from app.devices.models import DeviceOutbox, ParkedItem
from app.enrolments.models import Enrolment
from app.records.models import Record, RecordText
from tests.builders import NOON, act_as, make_enrolment
from tests.devices.builders import Outbox, said
from tests.sync.builders import contact_item, intervention_item, plan_item

EXAMPLES = int(os.environ.get("TABLETS", "6"))
STEPS = int(os.environ.get("TABLET_STEPS", "20"))
MAKERS = (contact_item, intervention_item, plan_item)


class Tablets(RuleBasedStateMachine):
    """What four tablets do while their network comes and goes."""

    enrolment: ClassVar[Enrolment]
    people: ClassVar[tuple[Actor, Actor]]

    def __init__(self) -> None:
        super().__init__()
        self.at = NOON
        self.outboxes = [
            Outbox(person, device) for device in (new_id() for _ in range(4)) for person in self.people
        ]
        self.clocks = [timedelta()] * len(self.outboxes)
        self.waiting: list[list[dict[str, Any]]] = [[] for _ in self.outboxes]
        self.sent: list[list[dict[str, Any]]] = [[] for _ in self.outboxes]
        self.made: dict[str, tuple[dict[str, Any], Actor]] = {}
        self.receipts: dict[str, Any] = {}

    which = st.integers(0, 7)

    @rule(which=which, maker=st.sampled_from(MAKERS), is_sealed=st.booleans())
    def record(self, which: int, maker: Any, is_sealed: bool) -> None:
        """Somebody records something; it waits in the outbox."""
        outbox = self.outboxes[which]
        plain = outbox.add(maker(self.enrolment.id))
        said_at = self.at + self.clocks[which]
        plain["body"]["recorded_at"] = said_at.isoformat()
        self.made[plain["id"]] = (plain, outbox.actor)
        self.waiting[which].append(outbox.unlock().seal_item(plain) if is_sealed else plain)

    @rule(which=which, back=st.booleans(), hours=st.integers(1, 2000))
    def shift_clock(self, which: int, back: bool, hours: int) -> None:
        """Somebody sets a tablet's clock."""
        self.clocks[which] = timedelta(hours=-hours if back else hours)

    @rule(which=which, data=st.data())
    def send(self, which: int, data: Any) -> None:
        """A tablet sends some of what waits, and some again, in any order; perhaps it hears no answer."""
        items = (
            [*self.waiting[which], *data.draw(st.lists(st.sampled_from(self.sent[which]), max_size=3))]
            if (self.sent[which])
            else list(self.waiting[which])
        )
        chosen = data.draw(st.lists(st.sampled_from(items), max_size=8)) if items else []
        if chosen:
            self._hand_in(which, chosen, is_heard=data.draw(st.booleans()))

    @rule(which=which, other=which)
    def send_in_anothers_session(self, which: int, other: int) -> None:
        """An item goes in somebody else's session: sealed it opens for nobody there."""
        sealed = [item for item in self.waiting[which] if "sealed" in item]
        if sealed and self.outboxes[which].actor != self.outboxes[other].actor:
            answers = self.outboxes[other].send(*sealed[:2], at=self._later())
            assert set(said(answers)) == {"sealed-for-another"}

    def _later(self) -> Any:
        self.at += timedelta(minutes=7)
        return self.at

    def _hand_in(self, which: int, items: list[dict[str, Any]], *, is_heard: bool) -> None:
        state = {"pending": len(self.waiting[which]), "last_sequence": self.outboxes[which].sequence}
        answers = self.outboxes[which].send(*items, at=self._later(), clock=self.clocks[which], **state)
        for item, answer in zip(items, answers.items, strict=True):
            assert answer.handed in {"recorded", "already-recorded"}, answer.error
            assert self.receipts.setdefault(item["id"], answer.receipt) == answer.receipt
        if is_heard:
            done = {item["id"] for item in items}
            self.waiting[which] = [item for item in self.waiting[which] if item["id"] not in done]
        self.sent[which] += items

    @invariant()
    def what_was_acknowledged_stands(self) -> None:
        """Nothing acknowledged is missing, and nothing stands that nobody made."""
        db.session().rollback()
        stored = {str(one) for one in db.session().scalars(sa.select(Record.id).where(self._mine()))}
        assert self.receipts.keys() == stored

    def teardown(self) -> None:
        """Everything arrives at last; the tables are the union of what was made, each once, unaltered."""
        for which, waiting in enumerate(self.waiting):
            if waiting:
                self._hand_in(which, list(reversed(waiting)), is_heard=True)
        session = db.session()
        rows = session.execute(
            sa.select(Record.id, Record.author_id, Record.device_id, RecordText.texts)
            .outerjoin(RecordText, RecordText.id == Record.id)
            .where(self._mine())
        ).all()
        assert sorted(str(row.id) for row in rows) == sorted(self.made)
        for row in rows:
            plain, author = self.made[str(row.id)]
            words = plain["body"].get("note") or plain["body"].get("goal")
            assert (row.author_id, str(row.device_id)) == (author.user_id, plain["device"])
            assert words is None or words in (row.texts or {}).values()
        traces = session.scalars(
            sa.select(AuditEvent.subject_id).where(AuditEvent.subject_id.in_([row.id for row in rows]))
        ).all()
        assert len(traces) == len(rows)
        boxes = session.scalars(
            sa.select(DeviceOutbox).where(DeviceOutbox.device_id.in_([one.device for one in self.outboxes]))
        ).all()
        last = {
            (box.device_id, box.user_id): (box.last_sequence, box.missing, box.doubled_count) for box in boxes
        }
        for outbox in self.outboxes:
            if outbox.sequence:
                assert last[outbox.device, outbox.actor.user_id] == (outbox.sequence, [], 0)
        open_items = sa.select(ParkedItem.item_id).where(
            ParkedItem.device_id.in_([one.device for one in self.outboxes])
        )
        assert not {str(one) for one in session.scalars(open_items)} - self.made.keys()

    def _mine(self) -> Any:
        return Record.device_id.in_([outbox.device for outbox in self.outboxes])


def test_whatever_the_order_each_item_stands_once(session: Session) -> None:
    Tablets.enrolment = make_enrolment()
    place = Tablets.enrolment.provider_id
    Tablets.people = (act_as(Role.WORKER, at=place), act_as(Role.WORKER, at=place))
    limits = settings(
        max_examples=EXAMPLES,
        stateful_step_count=STEPS,
        deadline=None,
        database=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )

    run_state_machine_as_test(Tablets, settings=limits)


@pytest.mark.parametrize("is_sealed", [True, False])
def test_the_checker_finds_an_item_that_nobody_made(session: Session, is_sealed: bool) -> None:
    Tablets.enrolment = make_enrolment()
    place = Tablets.enrolment.provider_id
    Tablets.people = (act_as(Role.WORKER, at=place), act_as(Role.WORKER, at=place))
    tablets = Tablets()
    tablets.record(0, contact_item, is_sealed)
    tablets.made = json.loads("{}")

    with pytest.raises((AssertionError, KeyError)):
        tablets.teardown()
