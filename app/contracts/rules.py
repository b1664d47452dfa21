"""The arithmetic of contracts: parts, nations, and notices filled from the template."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

from app.contracts.models import Contract, Delivery, NoticeFormat
from app.core.errors import FieldFault, Invalid
from app.core.permissions import Actor

NATIONS = ("ENG", "SCT", "WLS", "NIR")
BASIS_POINTS_WHOLE = 10_000
_FIELD = re.compile(r"\{([a-z_]+)\}")
_BEGINS = re.compile(r"(?:\A|\n|[.!?]\s+)\Z")  # what stands before the first word of a sentence


class Part(StrEnum):
    """What an organisation does on a contract."""

    PRIME = "prime"
    PROVIDER = "provider"
    COMMISSIONER = "commissioner"


@dataclass(frozen=True)
class NoticeTemplate:
    """The library's notice in one language: its fields with what each means, its texts by format."""

    code: str
    version: int
    language: str
    fields: Mapping[str, str]
    formats: Mapping[NoticeFormat, tuple[str, tuple[tuple[str, str], ...]]]


@dataclass(frozen=True)
class NoticeText:
    """A notice as people read it."""

    title: str
    body: str


@dataclass(frozen=True)
class Terms:
    """What a contract says.

    Attributes:
        commissioner_id: Who pays; None for an own programme.
        package_area: Code and name of the lot; None for an own programme.
        nation: ISO 3166-2:GB; decides working days.
        claim_day: The last day of the next month to submit a claim.
    """

    code: str
    title: str
    nation: str
    starts_on: date
    ends_on: date
    commissioner_id: UUID | None = None
    package_area: tuple[str, str] | None = None
    claim_day: int = 14


@dataclass(frozen=True)
class Place:
    """What a subcontract promises."""

    tier: int
    delivery: Delivery
    promised_referrals: int
    promised_value_pence: int
    provider_share_basis_points: int
    starts_on: date
    ends_on: date | None = None

    def as_columns(self) -> dict[str, Any]:
        """Return the columns of the row."""
        return dict(vars(self))


@dataclass(frozen=True)
class NoticeDraft:
    """A notice to publish.

    Attributes:
        version: One that stands, to add a language or format to it; None for the next one.
        text: Written by hand; None to fill the library's template with `fields`.
    """

    language: str
    format: NoticeFormat
    version: int | None = None
    text: NoticeText | None = None
    fields: Mapping[str, str] | None = None


def parts_of(actor: Actor, contract: Contract, *, is_provider: bool) -> list[Part]:
    """Return the parts that the actor's organisation has on a contract."""
    has = {
        Part.PRIME: contract.prime_id == actor.organisation_id,
        Part.PROVIDER: is_provider,
        Part.COMMISSIONER: contract.commissioner_id == actor.organisation_id,
    }
    return [part for part, holds in has.items() if holds]


def read_template(entry: Mapping[str, Any]) -> NoticeTemplate:
    """Return a template as the library's YAML writes it."""
    return NoticeTemplate(
        code=entry["code"],
        version=entry["version"],
        language=entry["language"],
        fields=entry["fields"],
        formats={
            NoticeFormat(name): (
                text["title"],
                tuple((section["heading"], section["body"]) for section in text["sections"]),
            )
            for name, text in entry["formats"].items()
        },
    )


def fill_notice(template: NoticeTemplate, form: NoticeFormat, values: Mapping[str, str]) -> NoticeText:
    """Return the notice with its fields filled; headings and lines are paragraphs of their own.

    Raises:
        Invalid: a field is missing, empty or not one of the template's.
    """
    faults = [
        FieldFault(f"fields.{name}", "unknown-field", "The template has no such field.")
        for name in values
        if name not in template.fields
    ]
    faults += [
        FieldFault(f"fields.{name}", "missing", f"Fill in: {words}.")
        for name, words in template.fields.items()
        if not values.get(name, "").strip()
    ]
    if faults:
        raise Invalid("The notice is not complete.", faults)
    title, sections = template.formats[form]
    paragraphs = [
        line.strip() for heading, body in sections for line in (heading, *body.splitlines()) if line.strip()
    ]
    return NoticeText(_filled(title, values), _filled("\n\n".join(paragraphs), values))


def _filled(text: str, values: Mapping[str, str]) -> str:
    def fill(match: re.Match[str]) -> str:
        value = " ".join(values[match[1]].split())
        begins = _BEGINS.search(text, 0, match.start())
        return value[:1].upper() + value[1:] if begins else value

    return _FIELD.sub(fill, text)
