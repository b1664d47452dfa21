"""The English of the rules, in one place: code → words. Another language is another table like this one."""

from app.entitlements.rules import change_words
from app.entitlements.rules.tongue import Tongue
from app.evidence.models import EvidenceKind
from app.records.models import RecordKind

# A condition as a card states it, and what would meet it.
CONDITIONS: dict[str, tuple[str, str]] = change_words.CONDITIONS | {
    "notice-given": (
        "Told what is kept, and who sees it, before the start",
        "Notice given on or before the day of the start",
    ),
    "on-programme": ("Happened after the referral, on the programme", "A day between the start and the end"),
    "action-plan": (
        "An action plan made by the day of the start",
        "An action plan dated on or before the start",
    ),
    "enough-events": ("{count} events of the kinds the card names", "{count} events"),
    "evidence": ("Evidence that counts for it", "{kinds}"),
    "period-worked": ("At least {weeks} weeks in one job", "In work until {until}"),
    "hours": ("At least {hours} hours a week", "{hours} hours a week"),
    "period-evidence": ("Evidence that covers the whole period", "{kinds}, covering {since} to {until}"),
    "verified": ("Verified by a second person", "A manager, or the outside verifier, verifies it"),
    "different-people": (
        "Recorded and verified by different people",
        "Somebody who recorded none of it verifies it",
    ),
    "not-disputed": (
        "The person agrees with what it rests on",
        "It is theirs to withdraw, or the record is corrected",
    ),
    "not-refused": ("Not refused for good before", "Another event"),
    "requires": ("Reached before: {codes}", "{codes} reached"),
    "priced": ("The card pays for it in this contract year", "A start in a contract year with a price"),
    "within-cap": ("Within the most the card pays for one person, {cap}", "At most {cap} for one person"),
    "started": ("Started on the programme", "A start, with notice given and an action plan"),
    "milestone": ("One of: {titles}", "A verified event with evidence"),
    "job": ("A job kept for {weeks} weeks", "A job begun on the programme"),
    "records-stand": ("The records of the claimed line stand", "Records that were not taken back"),
    "not-evaluated": (
        "The rule of this rate is not built in yet",
        "Waymark does not work out “{kind}” yet, so this rate cannot be claimed here",
    ),
}

# What was found.
FOUND: dict[str, str] = change_words.FOUND | {
    "day": "{day}",
    "event": "{title}, {day}",
    "notice": "Given on {day}",
    "no-notice": "No notice before the start",
    "plan": "Dated {day}",
    "no-plan": "No action plan by {day}",
    "events": "{have} of {count}",
    "evidence": "{kinds}",
    "no-evidence": "Nothing yet that counts",
    "no-file": "{waiting} named, but the file has not arrived",
    "testimony-only": "{alone} alone; it adds to other evidence and is never enough by itself",
    "still-in-work": "Began on {since}, not known to have ended",
    "worked": "{since} to {ended}",
    "ended-early": "Ended on {until}",
    "hours": "{worked} hours a week",
    "cover": "{shown}, {since} to {until}",
    "no-cover": "No evidence of the period yet",
    "part-cover": "Evidence covers only a part of it",
    "verified": "On {day}",
    "verified-outside": "On {day}, by the outside verifier",
    "not-verified": "Nobody has verified it yet",
    "returned": "Returned to the worker; not verified since",
    "people-differ": "They differ",
    "people-same": "One human recorded and verified",
    "people-open": "Nobody has verified it yet",
    "disputed": "The person disagrees with {what}; it is theirs to withdraw, or correct the record",
    "not-refused": "No",
    "refused": "A commissioner rejected this event for this rate, for good",
    "reached": "Reached by {day}",
    "not-reached": "Not reached: {lacking}",
    "priced": "{price}",
    "not-priced": "The card pays nothing for this contract year",
    "within-cap": "{total} with this one",
    "over-cap": "{total} are claimed or claimable already",
    "nothing": "Nothing yet",
    "gone": "Taken back or corrected",
    "not-evaluated": "Not worked out",
}

# What a worker can do about it; no money, no thresholds.
TASKS: dict[str, str] = change_words.TASKS | {
    "evidence": "Add {kinds} for “{title}”",
    "no-file": "The file for “{title}” has not arrived: connect the tablet, or take the photo again",
    "period-evidence": "Add {kinds} for the job that began on {since}",
    "action-plan": "Make the action plan together",
    "notice-given": "Go through the notice together",
    "enough-events": "Record the next event of this kind when it happens",
    "disputed": "The person disagrees with {what}: talk about it together, or correct it",
    "returned": "“{title}” came back to you: put it right and send it again",
}

# What the person disagrees with.
DISPUTED: dict[str, str] = {
    RecordKind.START: "the start",
    RecordKind.END: "the end",
    RecordKind.ASSESSMENT: "the rating",
    RecordKind.MILESTONE: "the milestone",
    RecordKind.INTERVENTION: "the support",
    RecordKind.CONTACT: "the contact",
    RecordKind.EMPLOYMENT: "the job",
    RecordKind.ACTION_PLAN: "the action plan",
}

KINDS: dict[str, str] = {
    EvidenceKind.ACTION_PLAN: "an action plan",
    EvidenceKind.CERTIFICATE: "a certificate",
    EvidenceKind.PHOTO: "a photo",
    EvidenceKind.ATTENDANCE_REGISTER: "an attendance register",
    EvidenceKind.THIRD_PARTY_LETTER: "a letter from a third party",
    EvidenceKind.PAYSLIPS: "payslips",
    EvidenceKind.EMPLOYER_CONFIRMATION: "the employer’s confirmation",
    EvidenceKind.BANK_CREDITS: "bank credits",
    EvidenceKind.EARNINGS_MATCH: "an earnings match",
    EvidenceKind.TRADING_RECORD: "a trading record",
    EvidenceKind.PARTICIPANT_CONFIRMATION: "the person’s own confirmation, away from the worker",
    EvidenceKind.WORKER_OBSERVATION: "the worker’s observation",
}

# What is missing, as the heading of a group on the claims bench.
MISSING: dict[str, str] = change_words.MISSING | {
    "notice-given": "Notice was not given before the start",
    "on-programme": "Not yet on the programme",
    "action-plan": "Action plan not made by the start",
    "enough-events": "Some events still to come",
    "evidence": "Evidence that counts not here yet",
    "period-worked": "The job has not lasted long enough",
    "hours": "Fewer hours than the card asks for",
    "period-evidence": "Evidence of the whole period not here yet",
    "verified": "Not verified yet",
    "different-people": "Same human recorded and verified",
    "not-disputed": "The person disagrees with a record",
    "not-refused": "Refused for good before",
    "requires": "Another rate has to be reached first",
    "priced": "The card pays nothing for this year",
    "within-cap": "Over the most the card pays for one person",
    "started": "Not started yet",
    "milestone": "No event yet",
    "job": "No job yet",
    "records-stand": "A record was taken back",
    "not-evaluated": "This rate is not worked out yet",
}


# What sentences name besides days, figures and titles.
PARTS: dict[str, str] = change_words.PARTS | {
    "nothing": "nothing",
    "start": "Start on the programme",
    "job": "Job",
    "evidence-of-start": "evidence of the start",
    "on-day": "{what} of {day}",
    "so-many": "{have} of {count}",
}

ENGLISH = Tongue(
    conditions=CONDITIONS,
    found=FOUND,
    tasks=TASKS,
    parts=PARTS,
    kinds=KINDS,
    disputed=DISPUTED,
    raters=change_words.RATERS,
    own=change_words.OWN,
    occasions=change_words.OCCASIONS,
    months=(
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ),
    both=" and ",
    one_of="",
    either=" or ",
)
