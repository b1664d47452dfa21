"""The languages Waymark speaks, and how Welsh chooses the form of a counted thing."""

LANGUAGES = ("en", "cy")  # the first is what everything was written in


def spoken(language: str) -> str:
    """Return the language to speak to whoever prefers this one: theirs, or English where we lack it."""
    return language if language in LANGUAGES else LANGUAGES[0]


def number_form(language: str, count: int) -> str:
    """Return the form a counted thing takes, by the name the Unicode plural rules give it: one, two, few."""
    if language == "cy":
        return {0: "zero", 1: "one", 2: "two", 3: "few", 6: "many"}.get(count, "other")
    return "one" if count == 1 else "other"
