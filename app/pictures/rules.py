"""What a picture says of one ladder: the person's own sentence, and what changed; no number in words."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from app.journeys.rules import PARTICIPANT, WORKER, ladder_changes

LINK_LIFETIME = timedelta(days=7)

Fields = dict[str, Any]


def anchor_of(anchors: Mapping[str, str], score: float | None) -> str | None:
    """Return the sentence that a score has reached: that of its rung, or of the nearest rung below."""
    if score is None:
        return None
    reached = [int(rung) for rung in anchors if int(rung) <= score]
    return anchors[str(max(reached))] if reached else None


def ladder_picture(ladder: Fields, anchors: Mapping[str, str], sittings: Sequence[Fields]) -> Fields:
    """Return one ladder as the person sees it: their sentence, the one they began with, both raters' dots.

    Args:
        ladder: Its code, titles and scale.
        anchors: Its sentences by rung, in the person's language.
        sittings: The open ones of its instrument, oldest first.
    """
    told = ladder_changes(ladder["code"], sittings)
    own, other = told[PARTICIPANT], told[WORKER]
    is_first = own["change"] == "first-time"
    now = own["began"] if is_first else own["now"]
    return {
        **{name: ladder[name] for name in ("code", "title", "short_title", "scale_min", "scale_max")},
        "said": anchor_of(anchors, now),
        "said_first": None if is_first else anchor_of(anchors, own["began"]),
        "worker_said": anchor_of(
            anchors, other["began"] if other["change"] == "first-time" else other["now"]
        ),
        "change": own["change"],
        "began": own["began"],
        "now": None if is_first else own["now"],
        "worker_began": other["began"],
        "worker_now": other["now"],
    }


def own_words_of(sittings: Sequence[Fields], titles: Mapping[str, str]) -> list[Fields]:
    """Return what the person said in their own words, newest first, and about which ladder."""
    found: list[Fields] = []
    for sitting in reversed(sittings):
        for answer in sitting["assessments"]:
            if answer["rater"] != PARTICIPANT:
                continue
            spoken = [(None, answer["own_words"]), *answer["notes"].items()]
            found += [
                {"occurred_on": answer["occurred_on"], "about": titles.get(code or ""), "words": words}
                for code, words in spoken
                if words and not (code and words == answer["own_words"])
            ]
    return found
