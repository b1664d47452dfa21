"""How wide a word stands in the documents' typeface: a name in the head of a narrow column is not broken."""

from unicodedata import combining, normalize

# Of an em, as Liberation Sans has them; lower-case letters that are not named here are as wide as an "n".
_NARROW = dict.fromkeys("ijl'’", 0.25) | dict.fromkeys("fIt .,", 0.28) | dict.fromkeys("r-", 0.34)
_WIDE = dict.fromkeys("mM", 0.84) | {"w": 0.73, "W": 0.95}
_SMALL, _CAPITAL, _OTHER = 0.56, 0.78, 1.0


def ems(text: str) -> float:
    """Return how wide a text stands, in ems, or a little more; an accent takes no room of its own."""
    return sum(_em(letter) for letter in normalize("NFKD", text) if not combining(letter))


def _em(letter: str) -> float:
    known = _NARROW.get(letter) or _WIDE.get(letter)
    if known is not None:
        return known
    if not letter.isascii():
        return _OTHER
    return _CAPITAL if letter.isupper() else _SMALL
