"""One invented story: a journey, its claim line, the claim, its identity sheet and the month."""

import csv
import hashlib
import json
from dataclasses import asdict
from datetime import UTC, date, datetime
from io import StringIO

from app.exports.documents.contents.journeys import (
    Change,
    Correction,
    Event,
    EventKind,
    JourneyDocument,
    LadderPath,
    Quote,
    Rating,
    Reader,
    ReaderKind,
    Step,
)
from app.exports.documents.contents.lines import (
    Act,
    Condition,
    LineDocument,
    LineEvidence,
    LineRecord,
    Measurement,
    RaterMeasurement,
)
from app.exports.documents.contents.schedules import (
    Identity,
    IdentitySheetDocument,
    LeftOut,
    ScheduleDocument,
    ScheduleLine,
    ScheduleRate,
)
from app.exports.documents.contents.statements import StatementDecision, StatementDocument, StatementEntry

NOON = datetime(2025, 4, 2, 9, 14, tzinfo=UTC)


def sha(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def ladder(
    titles: tuple[str, str, str],
    person: tuple[Rating, ...],
    worker: tuple[Rating, ...],
    began: tuple[Rating, Rating],
    change: Change = Change.ABOUT_THE_SAME,
) -> LadderPath:
    sure = change is Change.CLEARLY_HIGHER
    title, short_title, in_words = titles
    return LadderPath(
        title=title,
        short_title=short_title,
        in_words=in_words,
        person=person,
        worker=worker,
        began_person=began[0],
        began_worker=began[1],
        change=change,
        sure_person=sure,
        sure_worker=sure,
        half_width=3,
    )


LADDERS = (
    ladder(
        ("Stability and circumstances", "Stability", "“Rent is sorted. Mum’s hours still change.”"),
        (5, 5, 5, 6),
        (4, 5, 5, 6),
        (5, 4.5),
    ),
    ladder(
        (
            "Health, and managing a condition at work",
            "Health at work",
            "You chose not to rate this one this time.",
        ),
        (4, 4, 4, "not-said"),
        (4, 4, 4, 5),
        (4, 4),
        Change.NOT_SAID,
    ),
    ladder(
        ("Confidence and self-efficacy", "Confidence", "“I can get to new places alone now.”"),
        (3, 2, 5, 7),
        (3, 3, 5, 7),
        (2.5, 3),
        Change.CLEARLY_HIGHER,
    ),
    ladder(("Motivation", "Motivation", "“I get up for it.”"), (6, 6, 7, 7), (5, 6, 6, 7), (6, 5.5)),
    ladder(
        ("Work and basic skills", "Work skills", "Follows written steps; asks when unsure."),
        (4, 5, 5, 6),
        (4, 4, 5, 5),
        (4.5, 4),
    ),
    ladder(
        ("Job search and career skills", "Job search", "“Now I read real adverts, I see what they ask.”"),
        (3, 3, 2, 2),
        (3, 4, 3, 3),
        (3, 3.5),
    ),
    ladder(
        ("Experience", "Experience", "Two placements, both finished."),
        (1, 2, 4, 6),
        (2, 2, 4, 6),
        (1.5, 2),
        Change.CLEARLY_HIGHER,
    ),
    ladder(
        ("Connection and support", "Connection", "“I know who to ring.”"),
        (4, 4, 5, 6),
        (4, 5, 5, 6),
        (4, 4.5),
    ),
)

EVENTS = (
    (
        date(2025, 3, 6),
        EventKind.RATING,
        "Third rating. You read this and asked for one change.",
        "Both ratings, the same day",
    ),
    (
        date(2025, 2, 21),
        EventKind.MILESTONE,
        "Second placement finished: bakery, two days",
        "Letter from the bakery",
    ),
    (date(2025, 2, 12), EventKind.SUPPORT, "Met: adverts read together, first CV", ""),
    (
        date(2025, 2, 5),
        EventKind.MILESTONE,
        "First placement finished: kitchen, one day",
        "Attendance sheet, signed there",
    ),
    (
        date(2025, 1, 29),
        EventKind.MILESTONE,
        "Travelled alone to the training centre, two buses",
        "Letter from the centre",
    ),
    (date(2025, 1, 16), EventKind.RATING, "Second rating together", "Both ratings, the same day"),
    (date(2024, 12, 10), EventKind.SUPPORT, "Travel practice with Amina: six trips", "Register"),
    (date(2024, 11, 26), EventKind.RATING, "Second look at where you began", "Both ratings, the same day"),
    (date(2024, 11, 7), EventKind.RATING, "First rating; action plan written", "Both ratings; the plan"),
    (
        date(2024, 11, 4),
        EventKind.SUPPORT,
        "First meeting. You were told who keeps what.",
        "Notice 3, read aloud, English",
    ),
)


def make_journey(*, large_print: bool = False) -> JourneyDocument:
    events = tuple(Event(on=on, kind=kind, what=what, shown_by=by) for on, kind, what, by in EVENTS)
    return JourneyDocument(
        reference="WM-4Q7K",
        name="Dean",
        worker="Amina O.",
        worker_name="Amina",
        provider="Hopeworks",
        prime="Northway",
        began_on=date(2024, 11, 4),
        made_on=date(2025, 3, 10),
        said=Quote(words="I can get to new places alone now.", said_on=date(2025, 3, 6)),
        sittings=(date(2024, 11, 7), date(2024, 11, 26), date(2025, 1, 16), date(2025, 3, 6)),
        baselines=2,
        ladders=LADDERS,
        chance_says=("More than chance explains: Confidence (You up by 3; Amina up by 3.5).",),
        chance_rests_on=("The bands rest on 214 pairs of ratings.",),
        shown=(events[4], events[1]),
        next_step=Step(what="A trial shift at the bakery", who="Dean", by=date(2025, 3, 28)),
        review_due_on=date(2025, 6, 26),
        events=events,
        plan=(
            Step(
                what="Ring the bakery about a trial shift; role-play the call first",
                who="Dean, with Amina",
                by=date(2025, 3, 14),
            ),
            Step(what="Trial shift at the bakery", who="Dean", by=date(2025, 3, 28)),
            Step(
                what="Three adverts a week, marked up: what I have, what I need",
                who="Dean, with Amina",
                rhythm="each Wednesday",
            ),
            Step(
                what="Ask the bakery about early buses; find out about a travel card",
                who="Amina",
                by=date(2025, 3, 19),
            ),
            Step(
                what="Phone before the trial shift: what helps on the day",
                who="R. Patel, your adviser",
                by=date(2025, 3, 26),
            ),
        ),
        readers=(
            Reader(kind=ReaderKind.PERSON),
            Reader(kind=ReaderKind.WORKER, name="Amina", organisation="Hopeworks"),
            Reader(kind=ReaderKind.ADVISER, name="R. Patel", organisation="Northway"),
            Reader(kind=ReaderKind.CLAIMS, organisation="Northway"),
            Reader(kind=ReaderKind.ASSESSOR, organisation="Northmoor Authority"),
            Reader(kind=ReaderKind.WORK_COACH, agreed=False, said_on=date(2024, 11, 7)),
            Reader(kind=ReaderKind.EMPLOYERS, agreed=False, said_on=date(2024, 11, 7)),
        ),
        corrections=(
            Correction(
                what="The first placement was entered for 3 February and was on 5 February",
                reason="a wrong day picked",
                corrected_on=date(2025, 2, 6),
            ),
        ),
        manager="Ruth T.",
        manager_phone="01632 960 114",
        prime_phone="01632 960 170",
        large_print=large_print,
        specimen=True,
    )


CONDITIONS = (
    (
        "First baseline within 28 days of the first met contact",
        "3 days (4 to 7 November 2024)",
        "R2, R3, R4",
    ),
    ("First baseline before 6 hours of support", "1 h 15 min recorded before it", "R2"),
    ("Second baseline 1 to 4 weeks later; locked by day 56", "19 days later; locked on day 22", "R5, R6"),
    ("Review at least 8 weeks after the baseline was locked", "14 weeks 2 days (6 March 2025)", "R8, R9"),
    ("Both raters’ reviews at most 14 days apart", "Same day", "R8, R9"),
    ("Each rater answered at least 6 of 8 ladders both times", "Person 7, worker 8", "R3–R6, R8, R9"),
    ("Each rater’s composite: index of change 2.24 or more", "Person 3.15, worker 3.01", "Section 3"),
    ("Baseline not above 10 less the needed change", "3.79 and 3.88; ceiling 8.63, 8.70", "R3–R6"),
    (
        "A verified milestone since baseline, not itself paid",
        "Travelled alone, 29 January 2025",
        "R7, R10, E2",
    ),
    ("Participant’s confirmation, away from the worker", "Confirmed 7 March 2025", "E4"),
    ("No open disagreement on any record of this line", "None at lock", "R1–R10"),
    (
        "Once per person; within the cap of £1,200.00",
        "First P-REL; £600.00 with this line",
        "NME-2024-11-1/004",
    ),
    ("Claimed within the window of 90 days", "Open at lock; closes 8 June 2025", ""),
    (
        "Recorded, verified, prepared, approved by four people",
        "Checked at lock, again at approval",
        "Section 6",
    ),
)

RECORDS = (
    ("R1", "Enrolment: started; notice given", (2024, 11, 4), (10, 41, 7)),
    ("R2", "Contact: met", (2024, 11, 4), (11, 38, 52)),
    ("R3", "First baseline: person", (2024, 11, 7), (14, 20, 16)),
    ("R4", "First baseline: worker", (2024, 11, 7), (14, 31, 44)),
    ("R5", "Second baseline: person", (2024, 11, 26), (11, 5, 9)),
    ("R6", "Second baseline: worker", (2024, 11, 26), (11, 16, 33)),
    ("R7", "Milestone: travelled alone", (2025, 1, 29), (10, 8, 40)),
    ("R8", "Review: person", (2025, 3, 6), (10, 22, 58)),
    ("R9", "Review: worker", (2025, 3, 6), (10, 37, 20)),
    ("R10", "Verification of R7", (2025, 2, 4), (15, 12, 6)),
)

EVIDENCE = (
    ("E1", "Attendance register", date(2024, 11, 4), "4 Nov 2024, register kept that day (1 h 15 min)", "R2"),
    ("E2", "Third-party letter", date(2025, 1, 31), "3 Feb 2025, photographed from the original", "R7"),
    (
        "E3",
        "Worker observation",
        date(2025, 1, 29),
        "3 Feb 2025, with the record (adds to E2; not enough alone)",
        "R7",
    ),
    (
        "E4",
        "Participant confirmation",
        date(2025, 3, 7),
        "7 Mar 2025, own phone, one-time link, away from the worker",
        "R8",
    ),
)

PEOPLE = (
    ("Recorded and delivered R1–R9", "Worker, Hopeworks", "HW-014", "4 November 2024 to 6 March 2025"),
    ("Verified R7, E1, E2, E4", "Manager, Hopeworks", "HW-003", "4 February and 10 March 2025"),
    ("Prepared and locked the claim", "Claims preparer, Northway", "NW-112", "2 April 2025 10:14"),
    ("Approves the claim", "Claims approver, Northway", "NW-047", "After lock: see the claim schedule"),
)

MEASUREMENT = Measurement(
    caption=(
        "Open Ladders, version 1.2, English, 0 to 10; "
        "composite over the ladders that rater answered on both occasions"
    ),
    raters=(
        RaterMeasurement(
            rater="Person",
            pairs=212,
            reliability=0.913,
            reliability_used=0.892,
            sd=1.52,
            sem=0.4995,
            sdiff=0.6118,
            z=2.24,
            ladders="7 of 8",
            before=3.7857,
            now=5.7143,
            needed=1.3704,
            found=1.9286,
            index=3.1524,
        ),
        RaterMeasurement(
            rater="Worker",
            pairs=246,
            reliability=0.918,
            reliability_used=0.9,
            sd=1.5,
            sem=0.4743,
            sdiff=0.5809,
            z=2.24,
            ladders="8 of 8",
            before=3.875,
            now=5.625,
            needed=1.3013,
            found=1.75,
            index=3.0123,
        ),
    ),
    note=(
        "SEM = sd·√(1 − r used); Sdiff = SEM·√(½ + 1), two ratings before and one now; needed = z × Sdiff; "
        "index = found ÷ Sdiff. “r” is test–retest, “r used” its lower one-sided 95 % limit. Source: "
        "calibration OL-2024-3. Rounded for print, in full in the attached file."
    ),
)


def make_line(*, measured: bool = True) -> LineDocument:
    records = tuple(
        LineRecord(
            reference=reference,
            what=what,
            occurred_on=date(*day),
            recorded_at=datetime(*day, *clock, tzinfo=UTC),
            received_at=datetime(*day, clock[0] + 1, *clock[1:], tzinfo=UTC),
            testimony="on time",
            sha256=sha(reference),
            clock_corrected=reference == "R7",
        )
        for reference, what, day, clock in RECORDS
    )
    conditions = tuple(Condition(condition=c, found=f, records=r) for c, f, r in CONDITIONS)
    source = {
        "line": "NME-2025-03-1/017",
        "records": [{"ref": r.reference, "sha256": r.sha256} for r in records],
        "conditions": [asdict(condition) for condition in conditions],
        "amount_pence": 30000,
    }
    return LineDocument(
        reference="NME-2025-03-1/017",
        claim_reference="NME-2025-03-1",
        line_number="017",
        person="7H2M-93KD",
        rate_code="P-REL" if measured else "P-OBS",
        rate_title="Reliable improvement" if measured else "Observable milestone",
        occurrence=1,
        amount_pence=30000,
        price_of=date(2024, 11, 4),
        card="Progress in two parts, version 3",
        month=date(2025, 3, 1),
        prime="Northway",
        commissioner="Northmoor Combined Authority",
        contract="NM-E 2024, Northmoor East",
        delivered_by="Hopeworks, end-to-end, tier 2",
        claimable_from=date(2025, 3, 10),
        closes_on=date(2025, 6, 8),
        locked_at=NOON,
        conditions=conditions if measured else conditions[8:],
        measurement=MEASUREMENT if measured else None,
        records=records if measured else records[6:8],
        records_note="R5 and R6 were made without signal and received later.",
        evidence=tuple(
            LineEvidence(reference=ref, kind=kind, own_date=own, obtained=how, supports=what, sha256=sha(ref))
            for ref, kind, own, how, what in (EVIDENCE if measured else EVIDENCE[1:2])
        ),
        people=tuple(
            Act(act=act, role=role, staff_reference=staff, when=when) for act, role, staff, when in PEOPLE
        ),
        source=json.dumps(source, ensure_ascii=False, indent=1).encode(),
        specimen=True,
    )


RATES = (
    ScheduleRate(code="ATT", title="Start on the programme"),
    ScheduleRate(code="P-REL", title="Reliable improvement"),
    ScheduleRate(code="P-HOLD", title="Improvement held"),
    ScheduleRate(code="P-OBS", title="Observable milestone"),
)
PROVIDERS = (
    ("Fellside Works", 7, 85),
    ("Harbour Street Trust", 6, 88),
    ("Hopeworks", 12, 88),
    ("Kestrel Training", 8, 80),
    ("Second Bridge", 7, 85),
)
SIGNS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"


def person_reference(seed: str) -> str:
    signs = [SIGNS[int(pair, 16) % len(SIGNS)] for pair in (sha(seed)[i : i + 2] for i in range(0, 16, 2))]
    return "".join(signs[:4]) + "-" + "".join(signs[4:])


def make_lines(times: int = 1) -> tuple[ScheduleLine, ...]:
    lines: list[ScheduleLine] = []
    for provider, count, share in PROVIDERS:
        for i in range(count * times):
            rate = RATES[(i * 3 + count) % 4].code
            amount = 10000 if rate == "P-OBS" else 30000
            number = f"{len(lines) + 1:03d}"
            lines.append(
                ScheduleLine(
                    number=number,
                    person=person_reference(number),
                    provider=provider,
                    rate_code=rate,
                    claimable_from=date(2025, 3, 3 + i % 25),
                    closes_on=date(2025, 6, 1 + i % 25),
                    record_sha256=sha(number),
                    amount_pence=amount,
                    provider_pence=amount * share // 100,
                )
            )
    return tuple(lines)


def csv_of(lines: tuple[ScheduleLine, ...]) -> bytes:
    out = StringIO()
    writer = csv.writer(out)
    writer.writerow(["line", "provider", "person", "rate", "amount_pence", "provider_share_pence"])
    for line in lines:
        writer.writerow(
            [
                line.number,
                line.provider,
                line.person,
                line.rate_code,
                line.amount_pence,
                line.provider_pence,
            ]
        )
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def make_schedule(times: int = 1) -> ScheduleDocument:
    lines = make_lines(times)
    return ScheduleDocument(
        reference="NME-2025-03-1",
        number=1,
        month=date(2025, 3, 1),
        contract="NM-E 2024, Northmoor East",
        prime="Northway",
        commissioner="Northmoor Combined Authority",
        card="Progress in two parts, version 3",
        state="Approved; everything below is frozen",
        locked_by="NW-112",
        locked_at=NOON,
        approved_by="NW-047",
        approved_at=datetime(2025, 4, 3, 15, 40, tzinfo=UTC),
        rates=RATES,
        lines=lines,
        left_out=(
            LeftOut(
                person="ZPDV-P4WQ",
                rate_code="P-REL",
                provider="Kestrel Training",
                why="The worker also verified the milestone. Cure: another person verifies it.",
            ),
            LeftOut(
                person="5ZEV-RT8H",
                rate_code="P-OBS",
                provider="Second Bridge",
                why="Certificate is dated before the referral. Not payable.",
            ),
            LeftOut(
                person="Y7FV-PC4V",
                rate_code="P-HOLD",
                provider="Harbour Street Trust",
                why="The person disagrees with one rating. It waits; the window stands still.",
            ),
        ),
        source=csv_of(lines),
        specimen=True,
    )


def make_identity_sheet() -> IdentitySheetDocument:
    names = ("Dean Marsh", "Aisha Rahman", "Siân Llewellyn-Pryce", "Tomasz Żółkiewski", "Grace Okonkwo")
    return IdentitySheetDocument(
        reference="NME-2025-03-1",
        contract="NM-E 2024, Northmoor East",
        prime="Northway",
        commissioner="Northmoor Combined Authority",
        made_at=NOON,
        people=tuple(
            Identity(
                person=person_reference(name),
                names=name,
                born_on=date(1980 + i, 2 + i, 3 + i),
                nino="" if i == 3 else f"QQ 12 34 5{i} A",
                lines=f"{i * 7 + 1:03d}",
            )
            for i, name in enumerate(names)
        ),
        specimen=True,
    )


def make_statement() -> StatementDocument:
    lines = make_lines()[:9]
    decisions = tuple(
        StatementDecision(
            line=f"NME-2025-03-1/{line.number}",
            person=line.person,
            provider=line.provider,
            rate_code=line.rate_code,
            outcome="rejected" if i == 2 else "waiting" if i == 8 else "accepted",
            why="The letter names no day. A letter with the day cures it." if i == 2 else "",
            curable=i == 2,
            amount_pence=line.amount_pence,
        )
        for i, line in enumerate(lines)
    )
    entries = (
        StatementEntry(
            on=date(2025, 4, 20),
            kind="payment",
            line="",
            provider="",
            why="Claim NME-2025-03-1, seven accepted lines",
            amount_pence=sum(d.amount_pence for d in decisions if d.outcome == "accepted"),
        ),
        StatementEntry(
            on=date(2025, 4, 22),
            kind="clawback",
            line="NME-2024-11-1/004",
            provider="Hopeworks",
            why="Record corrected after payment",
            amount_pence=-30000,
        ),
        StatementEntry(
            on=date(2025, 4, 23),
            kind="adjustment",
            line="",
            provider="",
            why="Rounding, October",
            amount_pence=-1,
        ),
    )
    return StatementDocument(
        reference="NME-2025-04",
        month=date(2025, 4, 1),
        contract="NM-E 2024, Northmoor East",
        prime="Northway",
        commissioner="Northmoor Combined Authority",
        state="Open",
        made_at=NOON,
        decisions=decisions,
        entries=entries,
        specimen=True,
    )
