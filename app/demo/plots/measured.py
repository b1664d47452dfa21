"""What makes a review worth more: a second rater, and the person's own confirmation away from the worker."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from app.demo.casting import staff
from app.demo.chance import Chance
from app.demo.deeds import Act, Deed, Paper
from app.demo.plots.script import Script

MEASURED_ON = "NMC"  # the contract whose card pays for change
CONFIRMED_SHARE = 0.7
DOUBLE_RATED_SHARE = 0.3
OWN_WORDS = "Yes, that is how it is now. I said those numbers."
LAYOUTS = 6


def support_review(script: Script, review: Deed, worker: dict[str, int | None]) -> None:
    """Write what comes with a review, from a chance of its own: the rest of the world stays as it is.

    Args:
        script: Of the person.
        review: The person's own rating.
        worker: What the worker answered; a colleague sees much the same.
    """
    if script.person.contract != MEASURED_ON:
        return
    person = script.person
    chance = Chance("change", person.given_name, person.family_name, person.reference, review.id)
    aside = replace(script, chance=chance, deeds=script.deeds)
    if chance.happens(CONFIRMED_SHARE):
        _confirm(aside, review)
    colleague = _colleague(script)
    if colleague is not None and chance.happens(DOUBLE_RATED_SHARE):
        _rate_again(aside, review, worker, colleague)


def _confirm(script: Script, review: Deed) -> None:
    on = review.occurred_on + timedelta(days=script.chance.randint(0, 2))
    written = f"{on.day} {on:%B %Y}, {script.chance.randint(17, 21)}:{script.chance.randint(10, 59)}"
    paper = Paper("message", (written, OWN_WORDS), script.chance.randrange(LAYOUTS))
    script.add_evidence(review, "participant-confirmation", on, paper=paper)


def _colleague(script: Script) -> str | None:
    """Return a worker of the provider who does not work with the person."""
    provider = script.worker.partition("/")[0]
    others = [name for name in staff().workers[provider] if name not in {script.worker, script.verifier}]
    return others[0] if others else None


def _rate_again(script: Script, review: Deed, worker: dict[str, int | None], colleague: str) -> None:
    detail: dict[str, Any] = dict(review.detail)
    scores = {
        ladder: None if score is None else min(10, max(0, score + script.chance.choice((-1, 0, 0, 1))))
        for ladder, score in worker.items()
    }
    script.add(
        Act.ASSESSMENT,
        review.occurred_on,
        told_at=review.recorded_at + timedelta(minutes=script.chance.randint(40, 90)),
        player=colleague,
        detail={**detail, "rater": "second-rater", "language": "en", "scores": scores},
    )


def is_review(kind: str) -> bool:
    """Whether change can be measured at a sitting."""
    return kind in {"review", "exit"}
