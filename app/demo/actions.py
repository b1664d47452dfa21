"""Making the demo world: the scene is set, then every moment is played in its order."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import partial
from itertools import groupby

from sqlalchemy import select

from app.core.database import db, unhurried_disk
from app.core.ids import ids_from
from app.core.permissions import Role
from app.core.storage import Storage
from app.demo import looking, measuring, money, referrals
from app.demo.casting import cast, player_key, staff
from app.demo.chance import Chance, SeededIds
from app.demo.deeds import Deed, Person
from app.demo.diary import Diary, moment
from app.demo.errors import DatabaseNotEmpty
from app.demo.playing import Stage
from app.demo.plots.journeys import script_for
from app.demo.plots.outside import without_newest_judgements
from app.demo.pools import pools
from app.demo.setting import NAMED_OUTSIDE, PASSWORD, Setting, set_scene
from app.milestones.queries import milestone_kinds
from app.organisations.models import Organisation
from app.participants.rules.nino import NinoKeys

TELL_EVERY = 20
LISTS_COME_AT = time(8, 45)
SAMPLE_LAST_DAYS_AGO = 6
SAMPLE_EVERY = timedelta(days=28)


@dataclass(frozen=True)
class Order:
    """What world is wanted; the same order makes the same world."""

    participants: int = 300
    seed: int = 1
    today: date = date(2026, 1, 1)
    months: int = 18


@dataclass(frozen=True)
class Scene:
    """Something that is played at one moment."""

    at: datetime
    rank: int
    play: Callable[[], None]


@dataclass(frozen=True)
class World:
    """What was made."""

    setting: Setting
    people: list[Person]
    sign_ins: str
    sample_list: bytes


def make_world(order: Order, *, keys: NinoKeys, storage: Storage, tell: Callable[[str], None]) -> World:
    """Make the demo world in an empty database.

    Args:
        order: Which one.
        keys: For National Insurance numbers.
        storage: Where evidence files go.
        tell: Is told how far it is.

    Raises:
        DatabaseNotEmpty: an organisation stands already.
    """
    if db.session().scalar(select(Organisation.id).limit(1)):
        raise DatabaseNotEmpty
    diary = Diary(order.today, order.months)
    ids = SeededIds(order.seed, moment(diary.first_day, LISTS_COME_AT))
    with ids_from(ids):
        setting = set_scene(diary)
        stage = Stage(setting, keys, storage)
        people = cast(order.participants, order.seed, diary)
        kinds = {kind.code: kind.counts for kind in milestone_kinds()}
        deeds = without_newest_judgements(
            [deed for person in people for deed in script_for(person, diary, order.seed, kinds)]
        )
        tell(f"{len(people)} people, {len(deeds)} things that happened to them")
        scenes = [
            *_arrivals(stage, people, tell),
            *_moments(stage, deeds),
            *_samples(stage, order, diary),
            *_money(stage, order, diary),
            *_signatures(stage, diary),
            *_looks(stage, diary),
        ]
        with unhurried_disk():
            for scene in sorted(scenes, key=lambda scene: (scene.at, scene.rank)):
                ids.at = scene.at
                scene.play()
    return World(
        setting, people, sign_in_page(setting), referrals.sample_list(people, order.seed, order.today)
    )


def _arrivals(stage: Stage, people: Iterable[Person], tell: Callable[[str], None]) -> Iterable[Scene]:
    """Yield the referral lists, one for each contract and day; the people of later ones come later."""
    total, arrived = len(list(people)), 0

    def arrive(group: list[Person], at: datetime) -> None:
        nonlocal arrived
        stage.refer(group, at)
        before, arrived = arrived, arrived + len(group)
        if arrived // TELL_EVERY > before // TELL_EVERY:
            tell(f"people {arrived} of {total}")

    def day_of(person: Person) -> tuple[date, str]:
        return person.referred_on, person.contract

    for (day, _), found in groupby(sorted(people, key=day_of), key=day_of):
        group, at = list(found), moment(day, LISTS_COME_AT)
        yield Scene(at, 0, lambda group=group, at=at: arrive(group, at))  # type: ignore[misc]


def _moments(stage: Stage, deeds: Iterable[Deed]) -> Iterable[Scene]:
    ordered = sorted(deeds, key=lambda deed: deed.at)
    for at, found in groupby(ordered, key=lambda deed: deed.at):
        group = list(found)
        yield Scene(at, 1, lambda group=group, at=at: stage.play(group, at))  # type: ignore[misc]


def _samples(stage: Stage, order: Order, diary: Diary) -> Iterable[Scene]:
    """Yield the mornings on which managers look at what was drawn for a look, every four weeks."""
    day = diary.day(SAMPLE_LAST_DAYS_AGO)
    while day > diary.first_day:
        for managers in staff().managers.values():
            chance = Chance(order.seed, "sample", managers[0], day)
            at = moment(day, time(10, chance.randrange(60)))
            yield Scene(at, 2, partial(stage.look_at_sample, managers[0], chance, at))
        day -= SAMPLE_EVERY


def _money(stage: Stage, order: Order, diary: Diary) -> Iterable[Scene]:
    for at, act in money.calendar(stage.setting, order.seed, diary):
        yield Scene(at, 2, act)


def _signatures(stage: Stage, diary: Diary) -> Iterable[Scene]:
    for at, act in measuring.calendar(stage.setting, diary):
        yield Scene(at, 2, act)


def _looks(stage: Stage, diary: Diary) -> Iterable[Scene]:
    for at, act in looking.calendar(stage.setting, diary):
        yield Scene(at, 3, act)


# Who is met on the tour, in its order, and what they do there.
TOUR = (
    ("northway/Leon", "imports a referral list; builds the month's claim"),
    ("hopeworks/Amina", "key worker: today's people, a rating together, a milestone with its photo"),
    ("hopeworks/Ruth", "manager: verifies, sees what became of each line"),
    ("northway/Priya", "adviser: reads a journey before an appointment"),
    ("northway/Margaret", "locks, approves and submits the claim; exports the evidence pack; administers"),
    ("northmoor/Helen", "assessor for the commissioner: accepts and rejects lines"),
)


def sign_in_page(setting: Setting) -> str:
    """Return who may sign in, in words: first those of the tour in its order, then everybody else."""
    roles = {player_key(entry): entry["roles"] for entry in pools()["staff"]}
    lines = [f"Everybody's password is {PASSWORD}", "", "The ten-minute tour, in its order:"]
    lines += [_sign_in(setting, key, words) for key, words in TOUR]
    toured = {key for key, _ in TOUR}
    for name, found in groupby(setting.sign_ins, key=lambda key: setting.sign_ins[key][1]):
        keys = [key for key in found if key not in toured]
        if keys:
            lines += ["", name]
            lines += [_sign_in(setting, key, _words_of(key, roles[key])) for key in keys]
    return "\n".join(lines) + "\n"


ROLE_WORDS: Mapping[str, str] = {
    Role.WORKER: "key worker",
    Role.MANAGER: "manager",
    Role.ADVISER: "adviser",
    Role.CLAIMS_PREPARER: "prepares claims",
    Role.CLAIMS_APPROVER: "approves claims",
    Role.SUPPLY_CHAIN: "supply chain",
    Role.ASSESSOR: "assessor",
    Role.ADMINISTRATOR: "administrator",
}
ROLE_WORDS_JOIN = ", "


def _words_of(key: str, roles: Iterable[str]) -> str:
    names = {entry["code"]: entry["name"] for entry in pools()["organisations"]["providers"]}
    outside = [
        f"verifies from outside for {names[code]}" for code, named in NAMED_OUTSIDE.items() if named == key
    ]
    return ROLE_WORDS_JOIN.join([ROLE_WORDS[role] for role in roles] + outside)


def _sign_in(setting: Setting, key: str, words: str) -> str:
    name, organisation, email = setting.sign_ins[key]
    return f"  {name:<22} {organisation:<30} {email:<34} {words}"
