"""The arithmetic of contracts: parts, nations, and notices filled from the template."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from app.contracts.models import Contract, NoticeFormat
from app.core.errors import FieldFault, Invalid
from app.core.permissions import Actor

NATIONS = ("ENG", "SCT", "WLS", "NIR")
BASIS_POINTS_WHOLE = 10_000
_FIELD = re.compile(r"\{([a-z_]+)\}")


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
    return _FIELD.sub(lambda match: " ".join(values[match[1]].split()), text)
