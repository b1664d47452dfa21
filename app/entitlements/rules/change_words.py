"""The English of measured change: code → words; `words` joins these tables to its own.

They are read by managers and by those who claim, never by a worker or the person: no worker's task says what
would be needed.
"""

CONDITIONS: dict[str, tuple[str, str]] = {
    "baseline-in-time": (
        "First baseline within {days} days of the first meeting",
        "Both ratings by {until}",
    ),
    "baseline-before-support": (
        "First baseline before {hours} hours of support",
        "A first baseline early on",
    ),
    "baseline-locked": (
        "Second baseline 1 to 4 weeks later; locked by day {days}",
        "A second baseline by {until}",
    ),
    "room-to-improve": (
        "Began low enough for a change that counts",
        "A beginning of at most {most}",
    ),
    "review-in-time": (
        "Review at least {weeks} weeks after the baseline was locked",
        "A review on {since} or later",
    ),
    "review-in-window": (
        "A review {least} to {most} weeks after the improvement, or work or a course kept",
        "A review from {since} to {until}, or work or a course begun since and kept",
    ),
    "both-rated": ("Rated by the person and by the worker", "{whose} own rating of the {what}"),
    "ratings-close": (
        "Both raters’ ratings of the review at most {days} days apart",
        "Ratings at most {days} days apart",
    ),
    "enough-ladders": (
        "Each rater answered at least {least} of {count} ladders every time",
        "{least} ladders answered every time, or a second rater where the person chose not to rate",
    ),
    "improved-person": ("{rater} ratings improved by what counts", "{needed} more than at the beginning"),
    "improved-worker": (
        "The worker’s ratings improved by what counts",
        "{needed} more than at the beginning",
    ),
    "milestone-since": (
        "{count} since the baseline, not itself paid",
        "{count}, with evidence that counts",
    ),
    "kept-since": (
        "Work or a course begun since the improvement, and kept",
        "Work that lasts, or evidence of a course, to {until}",
    ),
    "improvement-reached": (
        "The improvement that it holds was reached",
        "A reliable improvement",
    ),
    "ladders-worse": (
        "What became reliably worse has a note and a step in the plan; this never holds up the line",
        "A note, and a plan agreed since",
    ),
    "calibrated": (
        "The error of measuring is known well enough to pay",
        "{pairs} pairs of ratings, or inputs signed by the commissioner",
    ),
}

FOUND: dict[str, str] = {
    "baseline-day": "{day}, day {nth}",
    "baseline-late": "{day}, day {nth}; this route is closed, other rates stay open",
    "rating-missing": "{whose} own rating of the {what} is missing",
    "no-baseline": "No baseline yet",
    "support-before": "{minutes} minutes of support before it",
    "second-day": "{between} days later; locked on {day}",
    "no-second": "No second baseline; locks on {day}",
    "no-second-away": "No second baseline; the person is away, and the time stands still",
    "focus-waits": "Three ladders were chosen; change is measured from the second baseline, which is missing",
    "room-open": "What counts is not known yet for this version, language and rater",
    "room": "Began at {began}; a change that counts is {needed}",
    "ceiling": "Began at {began} of {top}; a change that counts is {needed}, so this route is closed",
    "review-day": "{later} weeks later, on {day}",
    "review-too-soon": "{day}: too soon after the baseline was locked or the review before",
    "no-review": "No review yet",
    "both": "Both have rated",
    "apart": "{between} days apart",
    "ladders": "{person} and {worker} of {count}",
    "few-ladders": "{person} and {worker} of {count}; nothing is made up for what was left out",
    "not-independent": "The second rater works with the person; somebody else has to rate",
    "not-comparable": "Another version or language than the baseline: the two cannot be compared",
    "improved": "Improved by {change}; {needed} is the least that counts",
    "moved": "{rater} ratings moved by {change}",
    "fell": "Fell by {change}; {needed} more is the least that counts",
    "milestones": "{titles}",
    "milestones-open": "{titles}: not verified with evidence yet",
    "milestones-paid": "{titles}: paid itself",
    "worse-noted": "{titles}: noted, and the plan was agreed anew on {day}",
    "worse-open": "{titles}: {lacking}",
    "kept": "{what}, from {day}",
    "not-kept": "{what}, ended on {day}",
    "kept-open": "{what}, from {day}: not verified with evidence yet",
    "calibrated": "{n} pairs of ratings",
    "provisional": "Provisional inputs, signed by the commissioner, until {day}",
    "shadow": "In shadow: shown, and nothing is paid; {n} of {pairs} pairs of ratings so far",
}

TASKS: dict[str, str] = {
    "rating-missing": "Finish the {what}: one of the two has still to rate",
}

MISSING: dict[str, str] = {
    "baseline-in-time": "First baseline not taken in time",
    "baseline-before-support": "First baseline after much support",
    "baseline-locked": "Second baseline not taken",
    "room-to-improve": "Began too high for a change to be measured",
    "review-in-time": "Review still to come",
    "review-in-window": "Review of what was held still to come",
    "both-rated": "A rating is missing",
    "ratings-close": "The two ratings lie too far apart",
    "enough-ladders": "Too few ladders answered every time",
    "improved-person": "The person’s ratings did not improve enough",
    "improved-worker": "The worker’s ratings did not improve enough",
    "milestone-since": "No verified milestone since the baseline",
    "kept-since": "Work or course not kept",
    "improvement-reached": "No improvement yet that could be held",
    "calibrated": "In shadow: the error is not known well enough",
}

# What sentences name besides days, figures and titles.
PARTS: dict[str, str] = {
    "their-return": "their return",
    "after-return": "four weeks after their return",
    "day-due": "the day it is due",
    "later": "later",
    "further-notice": "further notice",
    "below-top": "the top less what counts",
    "verified-milestone": "a verified milestone",
    "verified-milestones": "{count} verified milestones",
    "work": "work",
    "no-note": "no note on {ladder}",
    "no-plan": "no plan agreed since",
}

RATERS = {"participant": "the person’s", "worker": "the worker’s", "second-rater": "the second rater’s"}
OWN = {**RATERS, "each": "each rater’s"}
OCCASIONS = {
    "baseline": "first baseline",
    "second-baseline": "second baseline",
    "review": "review",
    "exit": "last review",
}
