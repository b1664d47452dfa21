"""Cards are versions that nobody edits, applied to contracts from a day."""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.audit.models import AuditEvent
from app.contracts.models import Contract, PaymentGroup
from app.core.errors import Forbidden, Invalid, NotFound
from app.core.permissions import Actor, Role
from app.enrolments.models import Enrolment
from app.ratecards import actions, queries
from app.ratecards.errors import CardAppliedAlready
from app.ratecards.models import CardApplication, RateCard
from tests.builders import NOON, act_as, make_contract, make_enrolment, make_subcontract, save
from tests.ratecards.builders import DEMO_CARDS, ONE_CARD

APRIL = date(2024, 4, 1)


@pytest.fixture
def contract(session: Session) -> Contract:
    return make_contract()


@pytest.fixture
def administrator(contract: Contract) -> Actor:
    return act_as(Role.ADMINISTRATOR, at=contract.prime_id)


def load(actor: Actor, text: str = ONE_CARD) -> RateCard:
    (card,) = actions.load_rate_cards(actor, text, at=NOON)
    return card


def apply(actor: Actor, contract: Contract, card: RateCard, **changes: object) -> CardApplication:
    values = {"payment_group_id": None, "applies_from": APRIL, **changes}
    return actions.apply_rate_card(actor, contract.id, card.id, at=NOON, **values)  # type: ignore[arg-type]


def test_the_same_card_again_is_the_same_version(administrator: Actor, session: Session) -> None:
    first = load(administrator)
    assert load(administrator, "# once more\n" + ONE_CARD).id == first.id
    assert session.scalars(sa.select(AuditEvent.name)).all() == ["rate-card.loaded"]


def test_another_price_is_the_next_version_and_the_first_stays(administrator: Actor) -> None:
    first = load(administrator)
    second = load(administrator, ONE_CARD.replace("30000", "31000"))

    assert (first.version, second.version) == (1, 2)
    assert [first.rates[0].price_pence, second.rates[0].price_pence] == [30000, 31000]
    assert load(administrator).id == first.id


def test_a_faulty_text_keeps_nothing(administrator: Actor, session: Session) -> None:
    with pytest.raises(Invalid):
        actions.load_rate_cards(administrator, "- " + ONE_CARD, at=NOON)
    assert session.scalar(sa.select(sa.func.count()).select_from(RateCard)) == 0


def test_the_demo_cards_say_which_rates_wait(administrator: Actor) -> None:
    cards = actions.load_rate_cards(administrator, DEMO_CARDS.read_text(encoding="utf-8"), at=NOON)
    waiting = {rate.code for card in cards for rate in card.rates if not rate.is_evaluated}
    assert waiting == {"SUS"}


def test_only_an_administrator_loads(contract: Contract) -> None:
    with pytest.raises(Forbidden):
        load(act_as(Role.SUPPLY_CHAIN, at=contract.prime_id))


def test_the_card_of_a_day_is_the_one_applied(contract: Contract, administrator: Actor) -> None:
    first = load(administrator)
    second = load(administrator, ONE_CARD.replace("30000", "31000"))
    apply(administrator, contract, first)
    apply(administrator, contract, second, applies_from=date(2025, 4, 1))

    assert queries.card_for(contract.id, None, date(2024, 3, 31)) is None
    found = queries.cards_for(contract.id, [(None, APRIL), (None, date(2026, 1, 1))])
    assert [card.id for card in found.values() if card] == [first.id, second.id]


def test_the_same_application_again_is_the_same(contract: Contract, administrator: Actor) -> None:
    card = load(administrator)
    assert apply(administrator, contract, card).id == apply(administrator, contract, card).id


def test_one_day_has_one_card(contract: Contract, administrator: Actor) -> None:
    apply(administrator, contract, load(administrator))
    other = load(administrator, ONE_CARD.replace("30000", "31000"))
    with pytest.raises(CardAppliedAlready):
        apply(administrator, contract, other)


def test_a_card_for_one_group_is_applied_to_that_group_alone(
    contract: Contract, administrator: Actor
) -> None:
    card = load(administrator, "payment_group: PG7\n" + ONE_CARD)
    pg7, pg2 = (save(PaymentGroup(contract_id=contract.id, code=code, title=code)) for code in ("PG7", "PG2"))
    for wrong in (None, pg2.id):
        with pytest.raises(Invalid, match="PG7"):
            apply(administrator, contract, card, payment_group_id=wrong)
    assert apply(administrator, contract, card, payment_group_id=pg7.id).payment_group_id == pg7.id


def test_what_a_contract_cannot_use_is_refused(contract: Contract, administrator: Actor) -> None:
    own = load(administrator)
    foreign = load(act_as(Role.ADMINISTRATOR))
    stranger = save(PaymentGroup(contract_id=make_contract().id, code="PG7", title="PG7"))
    programme = make_contract(commissioner_id=None, package_area_id=None, prime_id=contract.prime_id)
    for place, card, changes in (
        (contract, foreign, {}),
        (contract, own, {"payment_group_id": stranger.id}),
        (contract, own, {"applies_from": APRIL - timedelta(days=1)}),
        (programme, own, {}),
    ):
        with pytest.raises(Invalid):
            apply(administrator, place, card, **changes)


def test_another_primes_contract_is_not_found_and_a_provider_may_not(
    contract: Contract, administrator: Actor
) -> None:
    card = load(administrator)
    with pytest.raises(NotFound):
        apply(act_as(Role.ADMINISTRATOR), contract, card)
    provider = make_subcontract(contract).provider_id
    with pytest.raises(Forbidden):
        apply(act_as(Role.ADMINISTRATOR, at=provider), contract, card)


def test_a_card_is_seen_by_those_it_prices_and_by_no_key_worker(
    contract: Contract, administrator: Actor, session: Session
) -> None:
    card = load(administrator)
    provider_id = make_enrolment(make_subcontract(contract)).provider_id
    manager = act_as(Role.MANAGER, at=provider_id)
    with pytest.raises(NotFound):
        queries.get_card(manager, card.id)
    apply(administrator, contract, card)

    assert queries.get_card(manager, card.id).id == card.id
    assert queries.get_card(act_as(Role.ASSESSOR, at=contract.commissioner_id), card.id).id == card.id
    for role, place in ((Role.WORKER, provider_id), (Role.ASSESSOR, None), (Role.ADMINISTRATOR, None)):
        with pytest.raises(NotFound):
            queries.get_card(act_as(role, at=place), card.id)


def test_a_card_in_use_keeps_the_moment_it_was_frozen(administrator: Actor, session: Session) -> None:
    card = load(administrator)
    actions.freeze([card.id], at=NOON)
    actions.freeze([card.id], at=NOON + timedelta(days=1))
    assert session.scalar(sa.select(RateCard.frozen_at)) == NOON


def test_another_card_makes_what_people_are_owed_due(
    contract: Contract, administrator: Actor, session: Session
) -> None:
    make_enrolment(make_subcontract(contract))
    make_enrolment()
    apply(administrator, contract, load(administrator))
    due = session.scalars(sa.select(Enrolment.contract_id).where(Enrolment.entitlements_due)).all()
    assert due == [contract.id]
