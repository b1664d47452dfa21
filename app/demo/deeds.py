"""What the players of the demo world do: the script that plots write and `playing` acts out."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import IntEnum
from typing import Any
from uuid import UUID


class Act(IntEnum):
    """What is done, in the order in which acts of one moment are played."""

    ACCEPT = 1
    DECLINE = 2
    RESTRICT = 3
    GIVE_NOTICE = 4
    START = 5
    PLAN = 6
    CONTACT = 7
    INTERVENTION = 8
    ASSESSMENT = 9
    MILESTONE = 10
    EMPLOYMENT = 11
    EVIDENCE = 12
    WITHDRAWAL = 13
    SEND_OUTSIDE = 14
    VERIFICATION = 15
    ASSIGN_ADVISER = 16
    NEVER_STARTED = 17
    PAUSE = 18
    END = 19
    TRANSFER = 20


@dataclass
class Person:
    """A made-up human on one contract, and what is to become of them.

    Attributes:
        worker: The key worker, as `organisation/First name`.
        journey: Which plot they follow.
        names: What the referral list says of them beside names: phone, postcode and so on.
    """

    number: int
    contract: str
    provider: str
    worker: str
    verifier: str
    journey: str
    given_name: str
    family_name: str
    born_on: date
    referred_on: date
    reference: str
    nino: str = ""
    phone: str = ""
    postcode: str = ""
    language: str = "en"
    access_needs: str = ""
    payment_group: str = ""
    is_restricted: bool = False

    @property
    def label(self) -> str:
        """First name and initial, for the words of the script."""
        return f"{self.given_name} {self.family_name[:1]}."


@dataclass(frozen=True)
class Paper:
    """A file to be made for an evidence item: which picture, and what stands on it."""

    kind: str  # certificate, letter, photo, register, payslip
    lines: tuple[str, ...]
    look: int  # which of the few layouts and tints


@dataclass(frozen=True, kw_only=True)
class Deed:
    """One act of one player, and when it reaches the server.

    Attributes:
        stay: 0 for the enrolment the referral made, 1 for the one a transfer led to.
        detail: The kind's own columns, where a record is made.
        texts: Free text by field.
        subject_id: The record that evidence, a verification or a withdrawal is about.
    """

    at: datetime
    player: str
    act: Act
    person: Person
    id: UUID
    occurred_on: date
    recorded_at: datetime
    detail: Mapping[str, Any] = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)
    subject_id: UUID | None = None
    supersedes_id: UUID | None = None
    paper: Paper | None = None
    stay: int = 0
