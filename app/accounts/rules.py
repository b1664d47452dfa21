"""The arithmetic of sign-in: passwords, secrets, delays and limits."""

import hashlib
import secrets
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from app.core.permissions import Role

PASSWORD_LENGTH_MIN = 12
PASSWORD_LENGTH_MAX = 256
DISTINCT_MIN = 5
NAME_PART_MIN = 3
OWN_LETTERS_MIN = 6
LINK_LIFETIME = timedelta(hours=24)
PEOPLE_FOR_OWN_VERIFICATION = 3
SEEN_EVERY = timedelta(minutes=1)

# OWASP password storage cheat sheet: argon2id with 19 MiB, two passes, one lane.
MEMORY_KIB = 19 * 1024
PASSES = 2

# What an organisation's administrator can give; the operator of the installation is made by command.
GIVEN_ROLES = tuple(role for role in Role if role is not Role.OPERATOR)

FREE_TRIES_ACCOUNT = 5
FREE_TRIES_ADDRESS = 25
DELAY_MAX = timedelta(minutes=15)
FORGOTTEN_AFTER = timedelta(hours=12)

_LEET = str.maketrans("013457@$!€", "oleastasie")
_RUNS = ("abcdefghijklmnopqrstuvwxyz", "01234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm")
_COMMON = frozenset(
    """
    password passw0rd passwort secret letmein welcome admin administrator login iloveyou sunshine princess
    football liverpool arsenal chelsea rangers celtic manchester monkey dragon master superman batman
    trustno michael jessica charlie ashley daniel whatever qwerty qwertyuiop asdfgh asdfghjkl zxcvbn zxcvbnm
    qazwsx qazwsxedc changeme temporary default guest test testing hello computer internet shadow baseball
    starwars pokemon freedom summer winter spring autumn monday january february march april june july
    august september october november december london england scotland wales waymark company office work
    correcthorsebatterystaple passphrase mypassword thisismypassword iloveyousomuch letmeinplease
    """.split()  # noqa: SIM905 - a list of eighty words reads better so
)


@dataclass(frozen=True)
class Limits:
    """How long a sign-in lives: without a request, and in any case."""

    idle: timedelta
    absolute: timedelta


class Passwords:
    """Makes and checks password hashes; a check of nobody's password takes as long as one of somebody's."""

    def __init__(self, memory_kib: int = MEMORY_KIB, passes: int = PASSES) -> None:
        self._hasher = PasswordHasher(time_cost=passes, memory_cost=memory_kib, parallelism=1)
        self._nobody = self.hash(secrets.token_urlsafe())

    def hash(self, password: str) -> str:
        """Return the argon2id hash to keep."""
        return self._hasher.hash(_normal(password))

    def fits(self, password: str, kept: str | None) -> bool:
        """Whether the password is the one kept; `None` stands for nobody and never fits."""
        try:
            return self._hasher.verify(kept or self._nobody, _normal(password)) and kept is not None
        except (VerificationError, InvalidHashError):
            return False

    def is_outdated(self, kept: str) -> bool:
        """Whether a hash was made at another cost than today's."""
        return self._hasher.check_needs_rehash(kept)


def password_fault(password: str, about: Iterable[str] = ()) -> tuple[str, str] | None:
    """Return the code and words of what is wrong with a new password, or None.

    Length and a list of what everybody tries, but no demand for digits or signs.

    Args:
        password: As typed.
        about: What an attacker knows: e-mail address, name, organisation.

    Source:
        NCSC, Password administration for system owners, 2018: "don't use complexity requirements",
        "use deny lists".
    """
    if len(password) < PASSWORD_LENGTH_MIN:
        return (
            "too-short",
            f"Use at least {PASSWORD_LENGTH_MIN} characters; three random words are easy to keep.",
        )
    if len(password) > PASSWORD_LENGTH_MAX:
        return "too-long", f"Use at most {PASSWORD_LENGTH_MAX} characters."
    plain = _normal(password).lower()
    if len(set(plain)) < DISTINCT_MIN or _is_common(plain):
        return "too-common", "This is one of the first passwords anybody would try; choose another."
    if _is_about(plain, about):
        return "too-personal", "Leave your own name, address and organisation out of it."
    return None


def _normal(password: str) -> str:
    return unicodedata.normalize("NFKC", password)


def _is_common(plain: str) -> bool:
    """Whether it is a listed word, also with digits behind it or put for its letters, or a walk."""
    core = plain.strip("".join(sign for sign in set(plain) if not sign.isalpha()))
    spellings = {core.translate(_LEET), plain.translate(_LEET), plain}
    letters = {"".join(sign for sign in text if sign.isalpha()) for text in spellings}
    return any(_is_made_of_common(text) for text in letters) or _is_run(plain)


def _is_made_of_common(letters: str) -> bool:
    """Whether nothing but one listed word, or the same one again and again, stands there."""
    if not letters:
        return False
    return any(
        len(letters) % len(word) == 0 and word * (len(letters) // len(word)) == letters for word in _COMMON
    )


def _is_run(plain: str) -> bool:
    """Whether it only walks along the alphabet, the digits or the keyboard."""
    pairs = {run[i : i + 2] for run in _RUNS for i in range(len(run) - 1)}
    pairs |= {pair[::-1] for pair in pairs}
    steps = [plain[i : i + 2] for i in range(len(plain) - 1)]
    off_track = sum(step not in pairs for step in steps)
    return off_track <= len(steps) // 4


def _is_about(plain: str, about: Iterable[str]) -> bool:
    parts = {
        part
        for text in about
        for part in "".join(sign if sign.isalnum() else " " for sign in text.lower()).split()
        if len(part) >= NAME_PART_MIN
    }
    rest = plain
    for part in sorted(parts, key=len, reverse=True):
        rest = rest.replace(part, "")
    return rest != plain and sum(sign.isalpha() for sign in rest) < OWN_LETTERS_MIN


def needs_outside_verifier(people_count: int) -> bool:
    """Whether too few people work here for nobody to pass their own work."""
    return people_count < PEOPLE_FOR_OWN_VERIFICATION


def new_secret() -> str:
    """Return 256 random bits as text for a cookie or a link."""
    return secrets.token_urlsafe(32)


def hash_secret(secret: str) -> bytes:
    """Return what is kept of a secret: random as it is, a plain SHA-256 does."""
    return hashlib.sha256(secret.encode("utf-8", "surrogateescape")).digest()


def is_over(ends_at: datetime, seen_at: datetime, limits: Limits, at: datetime) -> bool:
    """Whether a sign-in has reached one of its limits."""
    return at >= ends_at or at >= seen_at + limits.idle


def delay_after(failures: int, free_tries: int) -> timedelta:
    """Return how long to wait after so many failures: nothing at first, then twice as long each time.

    The wait never passes 15 minutes, so that nobody can lock an owner out for ever.
    """
    if failures < free_tries:
        return timedelta(0)
    return min(timedelta(seconds=2 ** min(failures - free_tries, 20)), DELAY_MAX)
