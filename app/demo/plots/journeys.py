"""The journeys: which of the small plots happen to one person, and when."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from app.demo.casting import staff
from app.demo.chance import Chance
from app.demo.deeds import Act, Deed, Person
from app.demo.diary import Diary, next_working_day, working_day
from app.demo.plots import entry, featured, meetings, milestones, work
from app.demo.plots.ratings import Ratings
from app.demo.plots.script import Script
from app.enrolments.models import EndReason

SITTING_EVERY_DAYS = 84
PLAN_EVERY_DAYS = 45
# The weeks between two milestones, by journey.
MILESTONE_WEEKS = {"steady": 10, "relapse": 14, "stuck": 26, "quick": 6, "ceiling": 12, "into-work": 8}
STAYS_DAYS = (330, 120)
QUICK_STAYS_DAYS = (150, 40)
END_REASONS = (
    EndReason.COMPLETED,
    EndReason.MOVED_AWAY,
    EndReason.HEALTH,
    EndReason.CHOSE_TO_LEAVE,
    EndReason.EDUCATION,
)
SECOND_BASELINE_SHARE = 0.7
OVERDUE_SHARE = 0.12
WORKPLACE_ACTIVITIES_SHARE = 0.5


@dataclass(frozen=True)
class Life:
    """The span somebody is on the programme, as far as it has been played; `ended_on` where they left."""

    started_on: date
    ended_on: date | None
    until: date


def script_for(
    person: Person, diary: Diary, seed: int, counting_evidence: Mapping[str, Sequence[str]]
) -> list[Deed]:
    """Return all that is done about one person, in no particular order."""
    chance = Chance(seed, "script", person.number)
    script = Script(person, diary, chance, counting_evidence, worker=person.worker, verifier=person.verifier)
    if person.journey == "declined":
        entry.decline(script)
    elif person.journey == "featured":
        featured.play(script)
    else:
        _from_the_referral(script)
    return script.deeds


def _from_the_referral(script: Script) -> None:
    ready_on = entry.accept(script)
    if script.journey == "never-started":
        entry.never_start(script, script.later(ready_on, 1, 4))
        return
    meetings.contact(script, ready_on, "tried")
    meetings.plan_meeting(script, ready_on, start_on := script.later(ready_on, 5, 14))
    entry.start(script, start_on)
    live(script, life_of(script, start_on))


def life_of(script: Script, started_on: date) -> Life:
    """Return until when somebody stays who starts on this day."""
    days = QUICK_STAYS_DAYS if script.journey == "quick" else STAYS_DAYS
    ended_on = script.later(started_on + timedelta(days=max(60, script.chance.around(*days))), 0, 3)
    if ended_on > script.diary.last_day:
        return Life(started_on, None, script.diary.last_day)
    return Life(started_on, ended_on, ended_on)


def live(script: Script, life: Life) -> None:
    """Write the time on the programme, to its end or to today."""
    if script.journey == "transferred":
        _move_on(script, life)
        return
    if script.journey == "paused" and life.ended_on is None:
        quiet_from = working_day(life.until - timedelta(days=script.chance.randint(25, 50)))
        life = Life(life.started_on, None, max(quiet_from, life.started_on))
        script.add(Act.PAUSE, life.until)
    _months(script, life)
    if script.journey == "into-work":
        _into_work(script, life)
    elif life.ended_on is not None:
        entry.end(script, life.ended_on, script.chance.of(END_REASONS))
    if life.ended_on is None and script.journey != "paused":
        meetings.plan_ahead(script)


def _months(script: Script, life: Life) -> None:
    meetings.contact_on(script, life.started_on, "met", "in-person")
    meetings.meet_between(script, script.later(life.started_on, 6, 12), life.until)
    _sittings(script, life)
    _plans(script, life)
    _events(script, life)


def _sittings(script: Script, life: Life) -> None:
    chance = script.chance
    ratings = Ratings(script)
    day = script.later(life.started_on, 5, 20)
    if day >= life.until:
        return
    ratings.sit("baseline", day)
    if script.person.contract == "NMC" and chance.happens(SECOND_BASELINE_SHARE):
        second = script.later(day, 8, 25)
        if second < life.until:
            ratings.sit("second-baseline", second)
            day = second
    while True:
        day = script.later(day, SITTING_EVERY_DAYS - 8, SITTING_EVERY_DAYS + 6)
        if day >= life.until or (
            life.ended_on is None and _is_recent(script, day) and chance.happens(OVERDUE_SHARE)
        ):
            break
        ratings.sit("review", day)
    if life.ended_on is not None and chance.happens(0.6):
        ratings.sit("exit", working_day(life.ended_on - timedelta(days=2)))


def _is_recent(script: Script, day: date) -> bool:
    return (script.diary.today - day).days < SITTING_EVERY_DAYS // 2


def _plans(script: Script, life: Life) -> None:
    day = life.started_on
    while (
        day := next_working_day(day + timedelta(days=script.chance.around(PLAN_EVERY_DAYS, 8)))
    ) < life.until:
        entry.write_plan(script, day, done_share=0.5)


def _events(script: Script, life: Life) -> None:
    weeks = MILESTONE_WEEKS.get(script.journey, 12)
    day = script.later(life.started_on, 20, 20 + weeks * 7)
    done: list[str] = []
    if script.person.contract == "CDV" and script.chance.happens(WORKPLACE_ACTIVITIES_SHARE):
        weeks = min(weeks, 6)
    while day < life.until:
        kind = milestones.choose_kind(script, done)
        done.append(kind)
        milestones.reach(script, kind, day)
        day = next_working_day(day + timedelta(days=max(10, script.chance.around(weeks * 7, weeks * 2))))


def _into_work(script: Script, life: Life) -> None:
    """Find work some months in; leave with it once it has lasted."""
    found_on = script.later(life.started_on, 100, 190)
    if found_on >= life.until:
        return
    milestones.reach(script, "job-offer-received", working_day(found_on - timedelta(days=5)))
    work.begin_work(script, found_on)
    meetings.support(script, script.later(found_on, 10, 20), pool="one-to-one")
    settled_on = script.later(found_on, 126, 150)
    entry.end(script, max(settled_on, life.ended_on or settled_on), EndReason.WORK)


def _move_on(script: Script, life: Life) -> None:
    """Transfer to another provider on the contract, and go on there."""
    moved_on = script.later(life.started_on, 45, 110)
    _months(script, Life(life.started_on, moved_on, min(moved_on, life.until)))
    other = _other_provider(script)
    deed = script.add(
        Act.TRANSFER,
        moved_on,
        player=script.verifier_at_provider(),
        detail={"provider": other, "reason": "moved"},
    )
    if deed not in script.deeds:
        meetings.plan_ahead(script)
        return
    script.stay = 1
    script.worker = script.chance.of(staff().workers[other])
    script.verifier = staff().verifier_of(other, script.worker)
    accepted = script.add(
        Act.ACCEPT,
        script.later(moved_on, 3, 6),
        player=script.verifier_at_provider(),
        not_before=script.next_desk_after(deed.at, 2),
        detail={"worker": script.worker},
    )
    again_on = script.later(accepted.at.date(), 3, 9)
    entry.start(script, again_on)
    if again_on < script.diary.last_day:
        script.journey = "steady"
        live(script, life_of(script, again_on))


def _other_provider(script: Script) -> str:
    here = script.worker.partition("/")[0]
    return {
        "hopeworks": "brightside",
        "calder-works": "kestrel-training",
        "kestrel-training": "calder-works",
    }.get(here, "hopeworks")
