"""Setting the scene: organisations, the people who sign in, contracts, cards, notices, libraries."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select

from app.accounts.actions.invitations import accept_invitation, invite
from app.accounts.actions.people import change_organisation, change_roles, found_organisation
from app.accounts.models import Membership, User
from app.accounts.rules import Passwords
from app.contracts.actions import add_contract, add_payment_group, add_subcontract, publish_notice
from app.contracts.models import Contract, Delivery, NoticeFormat
from app.contracts.rules import NoticeDraft, Place, Terms
from app.core.database import db, transaction
from app.core.ids import new_id
from app.core.permissions import Actor, Role
from app.demo.casting import player_key
from app.demo.diary import Diary, moment, working_day
from app.demo.pools import LIBRARY, pools, read
from app.instruments.actions import load_library as load_instruments
from app.instruments.models import Instrument
from app.milestones.actions import load_library as load_milestone_kinds
from app.organisations.models import Organisation
from app.ratecards.actions import apply_rate_card, load_rate_cards
from app.records.rules import london_day

PASSWORD = "waymark-demo-2026"  # noqa: S105 - everybody may know it: the demo holds nobody's data
LADDERS = "open-ladders"
PENCE = 100
CONTRACT_YEARS = 5
DAYS_BEFORE = 35
NAMED_OUTSIDE = {"two-rivers": "brightside/Joyce"}


class KnownPassword(Passwords):
    """Hashes the one demo password once, for hashing is meant to be slow."""

    def __init__(self) -> None:
        super().__init__()
        self._made: dict[str, str] = {}

    def hash(self, password: str) -> str:
        """Return the hash of the password, the same each time."""
        if "_made" not in self.__dict__:
            return super().hash(password)
        if password not in self._made:
            self._made[password] = super().hash(password)
        return self._made[password]


@dataclass
class Setting:
    """Who and what there is, by the names that scripts use.

    Attributes:
        players: Actors by `organisation/First name`.
        sign_ins: Name, organisation and e-mail address by the same.
        notices: Notice ids by contract, format and language.
    """

    organisations: dict[str, UUID] = field(default_factory=dict)
    players: dict[str, Actor] = field(default_factory=dict)
    sign_ins: dict[str, tuple[str, str, str]] = field(default_factory=dict)
    contracts: dict[str, UUID] = field(default_factory=dict)
    notices: dict[tuple[str, str, str], UUID] = field(default_factory=dict)
    instrument_id: UUID = field(default_factory=new_id)

    def player_with(self, role: Role, organisation: str) -> Actor:
        """Return the first player of an organisation who holds a role."""
        return next(
            actor
            for key, actor in self.players.items()
            if key.startswith(f"{organisation}/") and role in actor.roles
        )

    def player_of(self, role: Role, organisation_id: UUID) -> Actor:
        """Return the first player who holds a role at an organisation."""
        return next(actor for actor in self.players.values() if actor.holds(role, at=organisation_id))


def set_scene(diary: Diary) -> Setting:
    """Make everything that stands before the first person is referred."""
    setting = Setting()
    day = working_day(diary.first_day - timedelta(days=DAYS_BEFORE))
    at = moment(day, time(10))
    with transaction():
        load_instruments(at)
        load_milestone_kinds(at)
        setting.instrument_id = (
            db.session().execute(select(Instrument.id).where(Instrument.code == LADDERS)).scalar_one()
        )
        _found_organisations(setting, at)
        for entry in read("contracts")["contracts"]:
            _make_contract(setting, entry, diary, at)
        _name_outside_verifiers(setting, at)
    return setting


def _found_organisations(setting: Setting, at: datetime) -> None:
    words = pools()["organisations"]
    passwords = KnownPassword()
    for entry in (*words["commissioner"], *words["primes"], *words["providers"]):
        _found(setting, entry, passwords, at)


def _found(setting: Setting, entry: Mapping[str, Any], passwords: Passwords, at: datetime) -> None:
    people = [person for person in pools()["staff"] if person["organisation"] == entry["code"]]
    first = next(person for person in people if Role.ADMINISTRATOR.value in person["roles"])
    membership = found_organisation(
        name=entry["name"],
        short_name=entry["name"],
        administrator=(email_of(first), name_of(first)),
        password_hash=passwords.hash(PASSWORD),
        is_single=False,
        at=at,
    )
    setting.organisations[entry["code"]] = membership.organisation_id
    administrator = _actor(membership)
    change_roles(administrator, membership.id, [Role(role) for role in first["roles"]], at=at)
    for person in people:
        if person is not first:
            link = invite(
                administrator,
                email=email_of(person),
                name=name_of(person),
                roles=[Role(role) for role in person["roles"]],
                at=at,
            )
            accept_invitation(link.secret, PASSWORD, None, "127.0.0.1", at=at, passwords=passwords)
    for person in people:
        key = player_key(person)
        setting.players[key] = _actor(_membership(email_of(person)))
        setting.sign_ins[key] = (name_of(person), entry["name"], email_of(person))


def name_of(person: Mapping[str, Any]) -> str:
    """Return a member of staff's whole name."""
    return f"{person['first_name']} {person['surname']}"


def email_of(person: Mapping[str, Any]) -> str:
    """Return a member of staff's address, at a domain that nobody can own."""
    organisation = person["organisation"]
    return f"{person['first_name'].lower()}@{organisation}.{pools()['email_domain']}"


def _membership(email: str) -> Membership:
    found = db.session().scalar(
        select(Membership).join(User, Membership.user_id == User.id).where(User.email == email)
    )
    if found is None:
        message = f"{email} did not join."
        raise LookupError(message)
    return found


def _actor(membership: Membership) -> Actor:
    return Actor(
        user_id=membership.user_id,
        membership_id=membership.id,
        organisation_id=membership.organisation_id,
        roles=frozenset(Role(role) for role in membership.roles),
    )


def _name_outside_verifiers(setting: Setting, at: datetime) -> None:
    for organisation, verifier in NAMED_OUTSIDE.items():
        change_organisation(
            setting.player_with(Role.ADMINISTRATOR, organisation),
            short_name=db.session().get_one(Organisation, setting.organisations[organisation]).short_name,
            outside_verifier_email=setting.sign_ins[verifier][2],
            at=at,
        )


def _make_contract(setting: Setting, entry: Mapping[str, Any], diary: Diary, at: datetime) -> None:
    day = london_day(at)
    administrator = setting.player_with(Role.ADMINISTRATOR, entry["prime"])
    area = entry.get("area")
    terms = Terms(
        code=entry["code"],
        title=entry["title"],
        nation="ENG",
        starts_on=day,
        ends_on=day.replace(year=day.year + CONTRACT_YEARS, day=1) - timedelta(days=1),
        commissioner_id=setting.organisations.get(entry.get("commissioner", "")),
        package_area=(area["code"], area["name"]) if area else None,
    )
    contract = add_contract(administrator, terms, at=at)
    setting.contracts[entry["code"]] = contract.id
    for place in entry["subcontracts"]:
        promise = Place(
            tier=place["tier"],
            delivery=Delivery(place["delivery"]),
            promised_referrals=place["referrals"],
            promised_value_pence=place["value_pounds"] * PENCE,
            provider_share_basis_points=place["share"],
            starts_on=day,
        )
        provider_id = setting.organisations[place["provider"]]
        add_subcontract(administrator, contract.id, provider_id, promise, at=at)
    groups = {
        group["code"]: add_payment_group(administrator, contract.id, **group, at=at).id
        for group in entry.get("groups", ())
    }
    _publish_notices(setting, administrator, entry["code"], at)
    _apply_cards(administrator, _places(entry["cards"], contract, diary), contract.id, groups, at)


def _publish_notices(setting: Setting, administrator: Actor, code: str, at: datetime) -> None:
    version: int | None = None
    for language, fields in (("en", "notice_fields"), ("cy", "notice_fields_cy")):
        for form in NoticeFormat:
            draft = NoticeDraft(language, form, version=version, fields=read("contracts")[fields])
            notice = publish_notice(administrator, setting.contracts[code], draft, at=at)
            version = notice.version
            setting.notices[code, form.value, language] = notice.id


def _places(
    cards: Sequence[Mapping[str, Any]], contract: Contract, diary: Diary
) -> list[tuple[str, str, date]]:
    """Return each card with its payment group and the first day on which a start is priced by it.

    A contract younger than a later card's first day has only the cards that it began with.
    """
    days = [diary.day(card["from_days_ago"]) if "from_days_ago" in card else None for card in cards]
    return [
        (card["card"], card.get("group", ""), day or contract.starts_on)
        for card, day in zip(cards, days, strict=True)
        if day is None or day > contract.starts_on
    ]


def _apply_cards(
    administrator: Actor,
    places: Sequence[tuple[str, str, date]],
    contract_id: UUID,
    groups: Mapping[str, UUID],
    at: datetime,
) -> None:
    if not places:
        return
    text = (LIBRARY / "rate-cards.yaml").read_text(encoding="utf-8")
    cards = {card.code: card.id for card in load_rate_cards(administrator, text, at=at)}
    for card, group, applies_from in places:
        apply_rate_card(
            administrator,
            contract_id,
            cards[card],
            payment_group_id=groups.get(group),
            applies_from=applies_from,
            at=at,
        )
