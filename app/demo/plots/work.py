"""Paid work: the spell, the payslips that cover it, and being settled in it."""

from datetime import date, timedelta

from app.demo.deeds import Act, Deed, Paper
from app.demo.diary import next_working_day
from app.demo.plots.milestones import verify
from app.demo.plots.script import Script
from app.demo.pools import pools

HOURS = (12, 16, 18, 20, 20, 25, 30, 37)
HOUR_MINUTES = 60
PAY_PERIOD_DAYS = 28
PAY_PERIODS = 4


def begin_work(script: Script, on: date) -> Deed:
    """Write a spell of work with payslips for four months, verified once the last one is there."""
    chance = script.chance
    words = pools()
    employer = chance.of(words["employers"])
    kind = chance.of(("employed", "self-employed", "apprenticeship"), (17, 2, 1))
    deed = script.add(
        Act.EMPLOYMENT,
        on,
        told_on=script.later(on, 0, 5),
        detail={
            "kind": kind,
            "started_on": on,
            "ended_on": None,
            "weekly_minutes": chance.choice(HOURS) * HOUR_MINUTES,
        },
        texts={
            "employer": employer,
            "note": f"{chance.of(words['job_titles']).capitalize()}, found it themselves.",
        },
    )
    shown = deed
    for period in range(PAY_PERIODS):
        shown = _payslips(script, deed, employer, on + timedelta(days=PAY_PERIOD_DAYS * period))
    verify(script, deed, shown, days=chance.randint(1, 6))
    return deed


def _payslips(script: Script, deed: Deed, employer: str, covers_from: date) -> Deed:
    covers_until = covers_from + timedelta(days=PAY_PERIOD_DAYS - 1)
    paid_on = next_working_day(covers_until + timedelta(days=1))
    lines = (
        employer,
        f"Pay period {covers_from:%d.%m.%Y} to {covers_until:%d.%m.%Y}",
        f"Paid on {paid_on:%d.%m.%Y}",
        f"Staff number {script.chance.randrange(1000, 9999)}",
    )
    return script.add_evidence(
        deed,
        "payslips",
        script.later(paid_on, 1, 9),
        paper=Paper("payslip", lines, script.chance.randrange(6)),
        dated_on=paid_on,
        covers_from=covers_from,
        covers_until=covers_until,
    )
