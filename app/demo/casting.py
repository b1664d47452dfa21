"""Who is in the demo world: people drawn by seed, each with a contract, a provider and a journey."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from app.demo.chance import Chance
from app.demo.deeds import Person
from app.demo.diary import Diary, working_day
from app.demo.pools import pools, read

# Share of all people, contract, provider.
PLACES = (
    (0.24, "NMC", "hopeworks"),
    (0.13, "NMC", "brightside"),
    (0.05, "NMC", "two-rivers"),
    (0.05, "NMC", "harbour-house"),
    (0.12, "CDV", "calder-works"),
    (0.15, "CDV", "kestrel-training"),
    (0.14, "FAC", "fellside-works"),
    (0.05, "FAC", "two-rivers"),
    (0.07, "HOD", "harbour-house"),
)
JOURNEYS = (
    (0.30, "steady"),
    (0.12, "relapse"),
    (0.13, "stuck"),
    (0.10, "quick"),
    (0.06, "ceiling"),
    (0.12, "into-work"),
    (0.04, "transferred"),
    (0.04, "paused"),
    (0.05, "never-started"),
    (0.04, "declined"),
)
# Steps of the sequence that fills three dimensions most evenly, so that shares hold in a small world too.
EVEN_STEPS = (0.8191725134, 0.6710436067, 0.5497004779)
FEATURED_SHARE = 4
RESTRICTED_NUMBERS = frozenset({45, 171})
NINO_SHARE = 0.72
PHONE_SHARE = 0.85
HEADS_UP_SHARE = 0.3
FEATURED_AT = ("NMC", "hopeworks")


@dataclass(frozen=True)
class Staff:
    """Who works where, by `organisation/First name`."""

    workers: Mapping[str, Sequence[str]]
    managers: Mapping[str, Sequence[str]]

    def verifier_of(self, provider: str, worker: str) -> str:
        """Return the first manager of the provider who is not the worker."""
        return next(name for name in self.managers[provider] if name != worker)


def staff() -> Staff:
    """Return the staff of the pools; whoever is new has no people yet."""
    people = [entry for entry in pools()["staff"] if not entry.get("is_new")]

    def having(role: str) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for entry in people:
            if role in entry["roles"]:
                found.setdefault(entry["organisation"], []).append(player_key(entry))
        return found

    return Staff(having("worker"), having("manager"))


def player_key(entry: Mapping[str, Any]) -> str:
    """Return how scripts name a member of staff."""
    return f"{entry['organisation']}/{entry['first_name']}"


def cast(count: int, seed: int, diary: Diary) -> list[Person]:
    """Return so many people, those of the screenshots first."""
    featured = read("featured")[: max(1, count // FEATURED_SHARE)]
    taken: set[tuple[str, str]] = {(entry["first_name"], entry["surname"]) for entry in featured}
    return [
        _draw(
            number,
            Chance(seed, "person", number),
            diary,
            taken,
            featured[number] if number < len(featured) else None,
        )
        for number in range(count)
    ]


def _draw(
    number: int, chance: Chance, diary: Diary, taken: set[tuple[str, str]], featured: Mapping[str, Any] | None
) -> Person:
    when, where, what = ((number + 1) * step % 1 for step in EVEN_STEPS)
    contract, provider = _pick(PLACES, where)
    (journey,) = _pick(JOURNEYS, what)
    span = (diary.today - diary.first_day).days
    referred_on = working_day(diary.first_day + timedelta(days=int(when * (span - 1))))
    worker = chance.of(staff().workers[provider])
    names = _names(chance, taken)
    if featured:
        (contract, provider), journey = FEATURED_AT, "featured"
        worker = f"{provider}/{featured['worker']}"
        names = (featured["first_name"], featured["surname"])
        referred_on = diary.day(featured["referred_days"])
    if journey == "transferred" and contract not in {"NMC", "CDV"}:
        journey = "steady"
    return Person(
        number=number,
        contract=contract,
        provider=provider,
        worker=worker,
        verifier=_verifier(provider, worker),
        journey=journey,
        given_name=names[0],
        family_name=names[1],
        born_on=date(chance.randrange(1964, 2005), chance.randrange(1, 13), chance.randrange(1, 29)),
        referred_on=referred_on,
        reference=f"{contract}-{number + 10_001}",
        is_restricted=number in RESTRICTED_NUMBERS,
        **_details(chance, contract) | _told(featured),
    )


def _told(featured: Mapping[str, Any] | None) -> dict[str, str]:
    """Return what the pictures show of somebody beside their name."""
    if featured is None:
        return {}
    return {"language": featured.get("language", "en"), "access_needs": featured.get("access_needs", "")}


def _verifier(provider: str, worker: str) -> str:
    """Return who verifies; what the only manager of two people records goes to the outside verifier."""
    candidates = [name for name in staff().managers[provider] if name != worker]
    return candidates[0] if candidates else "brightside/Joyce"


def _pick(table: Sequence[tuple[Any, ...]], at: float) -> tuple[Any, ...]:
    total = sum(row[0] for row in table)
    for share, *rest in table:
        at -= share / total
        if at < 0:
            return tuple(rest)
    return tuple(table[-1][1:])


def _names(chance: Chance, taken: set[tuple[str, str]]) -> tuple[str, str]:
    words = pools()
    while True:
        names = (chance.of(words["first_names"]), chance.of(words["surnames"]))
        if names not in taken:
            taken.add(names)
            return names


def _details(chance: Chance, contract: str) -> dict[str, str]:
    words = pools()
    language = chance.of(words["languages"])
    needs = chance.of(words["access_needs"]) if chance.happens(HEADS_UP_SHARE) else ""
    return {
        "nino": made_up_nino(chance) if chance.happens(NINO_SHARE) else "",
        "phone": f"{words['phone_prefix']}{chance.randrange(1000):03d}"
        if chance.happens(PHONE_SHARE)
        else "",
        "postcode": made_up_postcode(chance),
        "language": language,
        "access_needs": "Welsh first" if language == "cy" and not needs else needs,
        "payment_group": chance.of(("FAM", "PG7")) if contract == "FAC" else "",
    }


def made_up_postcode(chance: Chance) -> str:
    """Return a postcode in an area that is not in use."""
    inward = f"{chance.randrange(1, 10)}{chance.choice('ABDEFGHJ')}{chance.choice('LNPQRSTU')}"
    return f"{chance.of(pools()['postcode_outward'])} {inward}"


def made_up_nino(chance: Chance) -> str:
    """Return a number of the published pattern, with a prefix that is given to nobody today."""
    return f"ZY{chance.randrange(10**6):06d}{chance.choice('ABCD')}"
