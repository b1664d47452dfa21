"""What the installation does of itself, round the clock."""

from datetime import timedelta

from flask import Flask

from app.jobs.rules import HANDLERS, PERIODICS


def test_what_names_people_or_takes_room_is_forgotten_in_time(app: Flask) -> None:
    every = {periodic.name: periodic.every for periodic in PERIODICS}

    forgetting = {
        "destroy-old-seal-keys",
        "forget-referral-previews",
        "forget-stale-uploads",
        "purge-exports",
        "purge-sessions",
    }
    assert forgetting <= set(every)
    assert set(every) <= set(HANDLERS)
    assert all(timedelta(minutes=1) <= pause <= timedelta(days=1) for pause in every.values())
