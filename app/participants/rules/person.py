"""Names, telephones, postcodes, languages and access needs, as they are read and kept."""

import re
import unicodedata

import phonenumbers

from app.core.errors import Invalid

NAME_MAX = 80
ACCESS_NEEDS_MAX = 300
_POSTCODE = re.compile(r"([A-Z]{1,2}[0-9][A-Z0-9]?|GIR)([0-9][A-Z]{2})")
_LANGUAGE = re.compile(r"[a-z]{2,3}")
_BLANKS = re.compile(r"\s+")

# Names that referral lists use for languages, as ISO 639 codes.
LANGUAGES = {
    "albanian": "sq",
    "amharic": "am",
    "arabic": "ar",
    "bengali": "bn",
    "british sign language": "bfi",
    "bsl": "bfi",
    "bulgarian": "bg",
    "cantonese": "yue",
    "chinese": "zh",
    "cymraeg": "cy",
    "dari": "prs",
    "english": "en",
    "farsi": "fa",
    "french": "fr",
    "gujarati": "gu",
    "hungarian": "hu",
    "kurdish": "ku",
    "lithuanian": "lt",
    "mandarin": "cmn",
    "pashto": "ps",
    "persian": "fa",
    "polish": "pl",
    "portuguese": "pt",
    "punjabi": "pa",
    "romanian": "ro",
    "russian": "ru",
    "slovak": "sk",
    "somali": "so",
    "spanish": "es",
    "tamil": "ta",
    "tigrinya": "ti",
    "turkish": "tr",
    "ukrainian": "uk",
    "urdu": "ur",
    "vietnamese": "vi",
    "welsh": "cy",
}


def fold_name(given_name: str, family_name: str) -> str:
    """Return a name as it is searched for: lower case, without accents."""
    decomposed = unicodedata.normalize("NFKD", f"{given_name} {family_name}".casefold())
    plain = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return _BLANKS.sub(" ", plain).strip()


def read_name(text: str, field: str) -> str:
    """Return a name with single blanks.

    Raises:
        Invalid: it is empty, too long, or has no letter.
    """
    name = _BLANKS.sub(" ", text).strip()
    if not name:
        raise Invalid.field(field, "missing", "Write the name.")
    if len(name) > NAME_MAX or not any(map(str.isalpha, name)) or not name.isprintable():
        raise Invalid.field(
            field, "name-not-valid", f"A name has letters, and at most {NAME_MAX} characters."
        )
    return name


def read_phone(text: str) -> str:
    """Return a telephone number in the international form; one without a country is British.

    Raises:
        Invalid: it is no number that can be dialled.
    """
    try:
        number = phonenumbers.parse(text, "GB")
    except phonenumbers.NumberParseException as error:
        raise _bad_phone() from error
    if not phonenumbers.is_possible_number(number) or number.extension:
        raise _bad_phone()
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def _bad_phone() -> Invalid:
    return Invalid.field(
        "phone", "phone-not-valid", "Write a number that can be dialled, such as 07700 900123."
    )


def read_postcode(text: str) -> str:
    """Return a British postcode in its usual form.

    Raises:
        Invalid: it is none.
    """
    match = _POSTCODE.fullmatch(_BLANKS.sub("", text).upper())
    if match is None:
        raise Invalid.field("postcode", "postcode-not-valid", "Write a postcode such as LS1 4AP.")
    return f"{match[1]} {match[2]}"


def read_language(text: str) -> str:
    """Return a language's ISO 639 code, from the code or an English name.

    Raises:
        Invalid: it is neither.
    """
    word = _BLANKS.sub(" ", text).strip().casefold()
    if word in LANGUAGES:
        return LANGUAGES[word]
    if not _LANGUAGE.fullmatch(word):
        raise Invalid.field(
            "language", "language-unknown", "Write the language's name in English, or its code."
        )
    return word


def read_access_needs(text: str) -> str:
    """Return what helps a person take part, with single blanks.

    Raises:
        Invalid: it is too long for the heads-up that a list shows.
    """
    words = _BLANKS.sub(" ", text).strip()
    if len(words) > ACCESS_NEEDS_MAX or not words.isprintable():
        raise Invalid.field(
            "access_needs",
            "too-long",
            f"Say it in at most {ACCESS_NEEDS_MAX} characters: it is shown on a list.",
        )
    return words
