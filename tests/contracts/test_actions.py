"""Setting up contracts, on both databases."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy.orm import Session

from app.contracts import actions, queries
from app.contracts.errors import CodeTaken, NoticeStands, ProviderOnContract
from app.contracts.models import Contract, Delivery, NoticeFormat
from app.contracts.rules import NoticeDraft, NoticeTemplate, NoticeText, Part, Place, Terms, fill_notice
from app.core.errors import Forbidden, Invalid, NotFound
from app.core.permissions import Actor, Role
from tests.builders import NOON, act_as, make_organisation, make_subcontract

TERMS = Terms("NME", "Northmoor East", "ENG", date(2025, 4, 1), date(2028, 3, 31))
PLACE = Place(2, Delivery.SPECIALIST, 120, 4_000_000_000, 8_500, date(2025, 4, 1))
BY_HAND = NoticeDraft("en", NoticeFormat.STANDARD, text=NoticeText("What we keep", "We keep a record."))


@pytest.fixture
def administrator(session: Session) -> Actor:
    return act_as(Role.ADMINISTRATOR)


@pytest.fixture
def contract(administrator: Actor) -> Contract:
    return actions.add_contract(administrator, TERMS, at=NOON)


def test_an_own_programme_has_a_place_for_its_own_provider(administrator: Actor, contract: Contract) -> None:
    (place,) = queries.list_subcontracts(administrator, contract)

    assert contract.is_own_programme
    assert place.provider_id == administrator.organisation_id
    assert queries.parts(administrator, [contract])[contract.id] == [Part.PRIME, Part.PROVIDER]


def test_a_prime_leads_a_commissioner_s_lot(administrator: Actor) -> None:
    commissioner = make_organisation()
    terms = replace(TERMS, commissioner_id=commissioner.id, package_area=("A1", "Northmoor"))
    first = actions.add_contract(administrator, terms, at=NOON)
    second = actions.add_contract(administrator, replace(terms, code="NMW"), at=NOON)

    assert first.package_area_id == second.package_area_id
    assert queries.list_subcontracts(administrator, first) == []
    assessor = act_as(Role.ASSESSOR, at=commissioner)
    assert {found.code for found in queries.list_contracts(assessor)} == {"NME", "NMW"}


@pytest.mark.parametrize(
    "change",
    [
        {"ends_on": date(2025, 3, 31)},
        {"package_area": ("A1", "Northmoor")},
        {"commissioner_id": None},
    ],
)
def test_terms_that_cannot_be_are_refused(administrator: Actor, change: dict[str, object]) -> None:
    if "commissioner_id" in change:  # an id that is no organisation's
        change = {"commissioner_id": administrator.user_id}
    with pytest.raises(Invalid):
        actions.add_contract(administrator, replace(TERMS, **change), at=NOON)  # type: ignore[arg-type]


def test_a_code_stands_for_one_contract_of_a_prime(administrator: Actor, contract: Contract) -> None:
    with pytest.raises(CodeTaken):
        actions.add_contract(administrator, TERMS, at=NOON)
    actions.add_contract(act_as(Role.ADMINISTRATOR), TERMS, at=NOON)


def test_a_provider_has_one_place_which_can_be_changed(administrator: Actor, contract: Contract) -> None:
    provider = make_organisation()
    place = actions.add_subcontract(administrator, contract.id, provider.id, PLACE, at=NOON)
    with pytest.raises(ProviderOnContract):
        actions.add_subcontract(administrator, contract.id, provider.id, PLACE, at=NOON)

    changed = actions.change_subcontract(
        administrator, contract.id, place.id, replace(PLACE, promised_referrals=90), at=NOON
    )

    assert changed.promised_referrals == 90


def test_a_provider_sees_its_own_place_only_and_its_workers_no_money(
    administrator: Actor, contract: Contract
) -> None:
    manager = act_as(Role.MANAGER)
    worker = act_as(Role.WORKER, at=manager.organisation_id)
    actions.add_subcontract(administrator, contract.id, manager.organisation_id, PLACE, at=NOON)
    seen = queries.get_contract(manager, contract.id)

    assert [place.provider_id for place in queries.list_subcontracts(manager, seen)] == [
        manager.organisation_id
    ]
    assert queries.list_subcontracts(worker, seen) == []


def test_a_payment_group_is_renamed_but_keeps_its_code(administrator: Actor, contract: Contract) -> None:
    group = actions.add_payment_group(administrator, contract.id, code="PG1", title="One", at=NOON)
    with pytest.raises(CodeTaken):
        actions.add_payment_group(administrator, contract.id, code="PG1", title="Two", at=NOON)

    renamed = actions.rename_payment_group(administrator, contract.id, group.id, title="Two", at=NOON)

    assert (renamed.code, renamed.title) == ("PG1", "Two")


@pytest.mark.parametrize("template", queries.notice_templates(), ids=lambda template: template.language)
def test_a_notice_comes_from_the_library_with_its_fields_filled(
    administrator: Actor, contract: Contract, template: NoticeTemplate
) -> None:
    values = {name: f"<{name}> {{x}}" for name in template.fields}
    for form in NoticeFormat:
        notice = actions.publish_notice(
            administrator, contract.id, NoticeDraft(template.language, form, fields=values), at=NOON
        )
        assert "<contact_name> {x}" in notice.body
        assert "{contact_name}" not in notice.body

    assert [notice.version for notice in queries.list_notices(contract)] == [3, 2, 1]


def test_a_field_that_begins_a_sentence_has_a_capital() -> None:
    template, _welsh = queries.notice_templates()
    values = dict.fromkeys(template.fields, "your local organisation")
    text = fill_notice(template, NoticeFormat.STANDARD, values)

    assert "\n\nYour local organisation supports you on your local" in text.body
    assert "on your local organisation. Your local organisation leads the programme" in text.body
    assert "their manager at your local organisation see" in text.body


def test_a_notice_with_an_empty_field_is_refused_naming_it(administrator: Actor, contract: Contract) -> None:
    with pytest.raises(Invalid) as refusal:
        actions.publish_notice(
            administrator,
            contract.id,
            NoticeDraft("en", NoticeFormat.STANDARD, fields={"contact_name": " ", "colour": "red"}),
            at=NOON,
        )

    fields = {fault.field for fault in refusal.value.faults}
    assert {"fields.contact_name", "fields.colour", "fields.contact_phone"} <= fields
    assert "fields.prime_name" not in fields


def test_a_version_grows_by_languages_and_formats_and_is_never_changed(
    administrator: Actor, contract: Contract
) -> None:
    first = actions.publish_notice(administrator, contract.id, BY_HAND, at=NOON)
    large = replace(BY_HAND, format=NoticeFormat.LARGE_PRINT, version=1)
    actions.publish_notice(administrator, contract.id, large, at=NOON)

    assert actions.publish_notice(administrator, contract.id, BY_HAND, at=NOON).version == 2
    with pytest.raises(NoticeStands):
        actions.publish_notice(administrator, contract.id, large, at=NOON)
    with pytest.raises(NotFound):
        actions.publish_notice(administrator, contract.id, replace(BY_HAND, version=9), at=NOON)
    assert first.version == 1


def test_only_the_prime_s_administrator_changes_a_contract(administrator: Actor, contract: Contract) -> None:
    provider = make_subcontract(contract).provider_id
    insiders = [
        act_as(role, at=administrator.organisation_id) for role in Role if role is not Role.ADMINISTRATOR
    ]
    partners = [act_as(Role.ADMINISTRATOR, at=provider)]

    for actor in insiders + partners:
        with pytest.raises(Forbidden):
            actions.publish_notice(actor, contract.id, BY_HAND, at=NOON)
        with pytest.raises(Forbidden):
            actions.add_payment_group(actor, contract.id, code="PG1", title="One", at=NOON)
    with pytest.raises(NotFound):
        actions.publish_notice(act_as(Role.ADMINISTRATOR), contract.id, BY_HAND, at=NOON)
