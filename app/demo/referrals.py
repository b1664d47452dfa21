"""Referral lists as referrers send them: the ones that brought people in, and a sample for the tour."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta

from app.demo.casting import made_up_nino, made_up_postcode
from app.demo.chance import Chance
from app.demo.deeds import Person
from app.demo.pools import pools

HEADING = (
    "Reference",
    "First name",
    "Surname",
    "Date of birth",
    "National Insurance number",
    "Postcode",
    "Phone",
    "Language",
    "Access needs",
    "Payment group",
    "Provider",
    "Referred on",
)
SAMPLE_NEW = 6
SAMPLE_KNOWN = 4


def referral_list(people: Iterable[Person]) -> bytes:
    """Return a referral list of these people."""
    return _csv([row_of(person) for person in people])


def row_of(person: Person) -> list[str]:
    """Return the row of a person."""
    return [
        person.reference,
        person.given_name,
        person.family_name,
        person.born_on.isoformat(),
        person.nino,
        person.postcode,
        person.phone,
        person.language,
        person.access_needs,
        person.payment_group,
        provider_names()[person.provider],
        person.referred_on.isoformat(),
    ]


def provider_names() -> Mapping[str, str]:
    """Return the name of every organisation that delivers, by code."""
    words = pools()["organisations"]
    return {entry["code"]: entry["name"] for entry in (*words["primes"], *words["providers"])}


def sample_list(people: Sequence[Person], seed: int, today: date) -> bytes:
    """Return the list of the tour, for the contract of Hopeworks: new, known and faulty rows."""
    chance = Chance(seed, "sample")
    words = pools()
    known = [row_of(person) for person in people if person.contract == "NMC"][-SAMPLE_KNOWN:]
    new: list[list[str]] = []
    for number in range(SAMPLE_NEW):
        new.append(
            [
                f"NMC-{20_001 + number}",
                chance.of(words["first_names"]),
                chance.of(words["surnames"]),
                date(
                    chance.randrange(1966, 2004), chance.randrange(1, 13), chance.randrange(1, 29)
                ).isoformat(),
                made_up_nino(chance) if number else "",
                made_up_postcode(chance),
                f"{words['phone_prefix']}{chance.randrange(1000):03d}",
                chance.of(words["languages"]),
                chance.of(words["access_needs"]) if number % 2 else "",
                "",
                provider_names()[chance.of(("hopeworks", "brightside"))],
                (today - timedelta(days=chance.randint(1, 6))).isoformat(),
            ]
        )
    faulty = [list(row) for row in new[:3]]
    faulty[0][0], faulty[0][4] = "NMC-20101", "ZZ123456Q"
    faulty[1][0], faulty[1][3] = "NMC-20102", "31 February 1990"
    faulty[2][0], faulty[2][10] = "NMC-20103", "Nobody’s Workshop"
    return _csv([*known, *new, *faulty])


def _csv(rows: Sequence[Sequence[str]]) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(HEADING)
    writer.writerows(rows)
    return out.getvalue().encode("utf-8-sig")
