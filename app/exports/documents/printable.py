"""Text as it may stand on paper: what people wrote, without signs that deceive a reader or break a file."""

import re
import unicodedata

# Directions that turn text around, marks nobody sees, controls: none of them is something to read.
_NEWLINES = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_JOINERS = "\u200c\u200d"  # Persian, the scripts of India and joined pictures need them
_FIRST_JOINED = 0x0300
_LONGEST_STACK = 6  # marks on one letter; real scripts stay under it
_GONE = {"Cc", "Cf"}
_UNKNOWN = {"Cs", "Co", "Cn"}
REPLACEMENT = "\ufffd"
# Letters of Latin scripts, the usual signs between words, and money: nearly every text is of these alone.
_HARMLESS = re.compile("[\t\n -~\xa0-\xac\xae-\u02ff\u2010-\u2027\u2030-\u205e\u20a0-\u20bf]*")


def printable(text: str) -> str:
    """Return text that draws as it reads: no controls, no turned or hidden signs, no towers of accents.

    Lone halves of a pair, private signs and unassigned ones become the replacement sign; line ends become one
    kind.
    """
    if _HARMLESS.fullmatch(text):
        return text
    kept: list[str] = []
    stacked = 0
    for sign in _NEWLINES.sub("\n", text):
        category = unicodedata.category(sign)
        stacked = stacked + 1 if category in {"Mn", "Me"} else 0
        if category in _UNKNOWN:
            kept.append(REPLACEMENT)
        elif stacked <= _LONGEST_STACK and (category not in _GONE or _belongs(sign, kept)):
            kept.append(sign)
    return "".join(kept)


def _belongs(sign: str, before: list[str]) -> bool:
    """A line end, a tab, or a joiner between letters that join."""
    return sign in "\n\t" or (sign in _JOINERS and bool(before) and ord(before[-1]) >= _FIRST_JOINED)
