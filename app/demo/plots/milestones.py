"""Observable events: recorded, supported, verified, sometimes returned, corrected or withdrawn."""

from collections.abc import Sequence
from datetime import date, timedelta

from app.demo.chance import Chance
from app.demo.deeds import Act, Deed, Paper
from app.demo.plots.script import Script
from app.demo.pools import pools
from app.records.rules import needs_late_reason

# What a contract's cards pay for comes first among what happens there.
PAID_FOR = {
    "NMC": (
        "travelled-alone",
        "two-placements",
        "debt-plan",
        "volunteering-4-weeks",
        "fit-for-work-plan",
        "course-completed",
    ),
    "CDV": ("workplace-activity", "workplace-activity", "workplace-activity", "work-qualification"),
    "FAC": (
        "family-routine-held",
        "cv-finished",
        "interview-attended",
        "two-placements",
        "tenancy-held-13-weeks",
        "fit-for-work-plan",
    ),
    "HOD": ("tenancy-held-13-weeks", "bank-account-opened", "joined-a-group", "travelled-alone"),
}
PAID_SHARE = 0.72
LATE_SHARE = 0.08
NO_EVIDENCE_SHARE = 0.05
OBSERVED_ONLY_SHARE = 0.06
OWN_WORD_WEIGHT = 0.35
OWN_WORD_AS_FILE_SHARE = 0.7
OWN_WORD = "I confirm that I did this by myself, on the day above. Sent from my own phone."
# What a photo shows, by milestone kind; it is always of a page.
PHOTO_TITLES = {
    "debt-plan": "Payment plan",
    "fit-for-work-plan": "What helps me at work",
    "bank-account-opened": "Your new account",
    "better-off-sum-done": "Working it out",
}
RETURNED_SHARE = 0.09
WITHDRAWN_SHARE = 0.008
CORRECTED_SHARE = 0.03
LETTER_SUBJECTS = {
    "debt-plan": "debt",
    "tenancy-held-13-weeks": "tenancy",
    "family-routine-held": "family",
    "volunteering-4-weeks": "volunteering",
    "joined-a-group": "group",
    "spoke-in-a-group": "group",
    "two-placements": "placement",
    "work-trial-finished": "placement",
    "course-completed": "course",
    "course-started": "course",
}
PAPER_OF = {
    "certificate": "certificate",
    "photo": "photo",
    "attendance-register": "register",
    "third-party-letter": "letter",
    "employer-confirmation": "letter",
}
# Why something is returned: the reason's code, and which words of the pool say it.
RETURNS = (
    ("evidence-unreadable", 0),
    ("not-clear", 1),
    ("dates-differ", 2),
    ("does-not-show-it", 3),
    ("wrong-kind", 4),
    ("not-clear", 5),
    ("evidence-missing", 6),
    ("does-not-show-it", 7),
)


def choose_kind(script: Script, done: Sequence[str]) -> str:
    """Return a milestone kind for this person: rather one that is paid for, and rarely one twice."""
    paid = PAID_FOR[script.person.contract]
    for _ in range(8):
        kind = script.chance.of(
            paid if script.chance.happens(PAID_SHARE) else tuple(script.counting_evidence)
        )
        if kind not in done or kind == "workplace-activity":
            return kind
    return script.chance.of(paid)


def reach(script: Script, kind: str, on: date) -> Deed:
    """Write a milestone with what becomes of it."""
    chance = script.chance
    told_on = script.later(on, 9, 40) if chance.happens(LATE_SHARE) else script.later(on, 0, 4)
    deed = script.add(
        Act.MILESTONE,
        on,
        told_on=told_on,
        detail={"kind_code": kind},
        texts={"description": script.words("milestone_notes", kind)},
    )
    draw = chance.random()
    if draw < WITHDRAWN_SHARE:
        script.add(
            Act.WITHDRAWAL,
            script.later(told_on, 1, 6),
            not_before=deed.at,
            subject_id=deed.id,
            texts={"reason": script.words("withdrawal_reasons")},
        )
        return deed
    if chance.happens(NO_EVIDENCE_SHARE):
        return deed
    if chance.happens(OBSERVED_ONLY_SHARE):
        observe(script, deed, told_on)
        return deed
    evidence = support_by_evidence(script, deed, kind, script.later(told_on, 0, 8))
    if chance.happens(RETURNED_SHARE):
        give_back(script, deed, evidence, kind)
    elif chance.happens(CORRECTED_SHARE):
        deed = correct_day(script, deed, evidence)
        verify(script, deed, deed)
    else:
        verify(script, deed, evidence)
    return deed


def observe(script: Script, deed: Deed, on: date) -> Deed:
    """Add the worker's own observation, which is never enough alone."""
    return script.add(
        Act.EVIDENCE,
        on,
        not_before=deed.at,
        subject_id=deed.id,
        detail={
            "kind": "worker-observation",
            "dated_on": None,
            "obtained_on": on,
            "obtained_how": "written-here",
            "covers_from": None,
            "covers_until": None,
        },
        texts={"note": "I was there and saw it from beginning to end."},
    )


def support_by_evidence(script: Script, deed: Deed, kind: str, on: date) -> Deed:
    """Add a kind of evidence that counts for this milestone kind, with its file where it needs one."""
    kinds = script.counting_evidence[kind]
    weights = [OWN_WORD_WEIGHT if name == "participant-confirmation" else 1.0 for name in kinds]
    chosen = script.chance.of(kinds, weights)
    return script.add_evidence(
        deed, chosen, on, paper=paper_for(script.chance, chosen, kind, deed.occurred_on)
    )


def paper_for(chance: Chance, evidence: str, kind: str, on: date) -> Paper | None:
    """Return the file to make for an evidence item; none for testimony. No paper carries a person's name."""
    words = pools()
    picture = PAPER_OF.get(evidence)
    written = f"{on.day} {on:%B %Y}"
    if evidence == "participant-confirmation" and chance.happens(OWN_WORD_AS_FILE_SHARE):
        return Paper(
            "message",
            (f"{written}, {chance.randint(17, 21)}:{chance.randint(10, 59)}", OWN_WORD),
            chance.randrange(6),
        )
    if picture is None:
        return None
    writer = chance.of(words["letter_writers"])
    place = chance.of(words["employers" if evidence == "employer-confirmation" else "volunteering_places"])
    lines: tuple[str, ...]
    if picture == "certificate":
        course = chance.of(words["qualifications" if kind == "work-qualification" else "courses"])
        lines = (
            course["issuer"],
            course["title"],
            written,
            f"Certificate {chance.randrange(10_000, 99_999)}",
        )
    elif picture == "letter":
        subject = "employer" if evidence == "employer-confirmation" else LETTER_SUBJECTS.get(kind, "group")
        body = words["letters"][subject].format(
            person="The bearer of this letter",
            on=written,
            place=place,
            writer=f"{writer['name']}, {writer['job']}",
        )
        lines = (place, written, body)
    elif picture == "register":
        days = (on - timedelta(days=7 * week) for week in reversed(range(4)))
        lines = (place, *(f"{day:%a} {day.day} {day:%B}" for day in days), writer["name"])
    else:
        lines = (PHOTO_TITLES.get(kind, place), written)
    return Paper(picture, lines, chance.randrange(6))


def verify(script: Script, deed: Deed, after: Deed, *, days: int | None = None) -> Deed:
    """Have a record verified by somebody else, some days after its evidence came."""
    wait = days if days is not None else script.chance.around(6, 4)
    at = script.next_desk_after(max(deed.at, after.at), wait)
    if script.verifier.partition("/")[0] != script.worker.partition("/")[0]:
        sent = script.next_desk_after(max(deed.at, after.at), 1)
        script.add(
            Act.SEND_OUTSIDE, deed.occurred_on, player=script.worker, not_before=sent, subject_id=deed.id
        )
    is_old = needs_late_reason(deed.occurred_on, deed.at)
    texts = {"late_reason": script.words("late_reasons")} if is_old else {}
    return script.add(
        Act.VERIFICATION,
        deed.occurred_on,
        player=script.verifier,
        not_before=at,
        subject_id=deed.id,
        detail={"decision": "verified"},
        texts=texts,
    )


def give_back(script: Script, deed: Deed, evidence: Deed, kind: str, *, is_left: bool = False) -> None:
    """Return a record with a reason; the worker puts it right, and it is verified."""
    chance = script.chance
    code, words = chance.of(RETURNS)
    returned = script.add(
        Act.VERIFICATION,
        deed.occurred_on,
        player=script.verifier,
        not_before=script.next_desk_after(evidence.at, chance.around(5, 3)),
        subject_id=deed.id,
        detail={"decision": "returned", "reason": code},
        texts={"words": pools()["return_reasons"][words]},
    )
    if is_left:
        return
    on = script.later(returned.at.date(), 1, 9)
    if code == "dates-differ":
        again = correct_day(script, deed, returned)
    else:
        again = support_by_evidence(script, deed, kind, on)
    verify(script, again if again.act is Act.MILESTONE else deed, again)


def correct_day(script: Script, deed: Deed, after: Deed) -> Deed:
    """Correct a milestone's day, with the reason."""
    told_on = script.later(after.at.date(), 1, 7)
    return script.add(
        Act.MILESTONE,
        deed.occurred_on - timedelta(days=1),
        told_on=told_on,
        not_before=script.diary.arrival(after.at + timedelta(days=1)),
        supersedes_id=deed.id,
        detail=dict(deed.detail),
        texts={**deed.texts, "reason": script.words("correction_reasons")},
    )
